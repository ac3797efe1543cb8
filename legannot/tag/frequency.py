"""How common words are in bills: which word of a pattern tells most about a text.

Of a thousand provisions of the corpus (64,386, every second one of its bills and resolutions) so
many hold the word; a star stands for all words that begin so, as in `Folded.words`.  Rounded to
nine classes, since the table only has to say which of a pattern's words is rarest.
"""

from __future__ import annotations

from collections.abc import Iterable

# A word that is not in the table stands in fewer than nine of a thousand.
RARE = 3

_CLASSES = {
    400: """
        a act and as be by for in is of or sect* section shal* shall the this this* to unde*
        under
    """,
    200: """
        any appr* avai* available c comm* cont* foll* fund* funds incl* may not on othe* prov* s
        secr* secretary stat* subs* subsection such such* that that* u with with*
    """,
    120: """
        acti* admi* afte* after amen* amended amou* an appl* are auth* b cons* expe* fede*
        following from from* including inte* law made made* other para* paragraph prog* provided
        publ* public requ* serv* states than than* titl* title unit* united whic* which year
        year*
    """,
    80: """
        acco* agen* amount amounts appropriated appropriations assi* assistance at authorized
        carr* code code* committees comp* cong* date date* depa* department desc* described
        dete* deve* each each* enac* enactment exce* expenses federal fisc* fiscal head* if
        nati* nece* necessary offi* oper* out part* program purp* purposes purs* pursuant rela*
        rema* remain repo* resp* respect secu* security state term term* tran* unti* until used
        used*
    """,
    50: """
        activities addi* administrator agency agre* all apply appropriate cond* congress cost*
        coun* cove* d days days* defi* desi* development dire* empl* enti* esta* except expended
        fina* follows fore* fund furt* further gene* gove* government gran* heading heal* health
        hous* i include indi* info* information inse* inserting late* later mana* mean* means
        national none none* notw* notwithstanding obli* otherwise peri* period pers* plan plan*
        pres* prev* prio* proc* programs proj* prop* provide rece* regu* related report repr*
        required sept* september service services spec* stri* striking subj* subject subm* subp*
        subparagraph supp* support ther* thro* through trea* use
    """,
    30: """
        accordance account administration agencies allo* applicable asse* authority bala* befo*
        before budg* budget carry carrying case case* cent* cert* coll* committee congressional
        construction contents control costs covered defe* defense defined designated dist* divi*
        division duri* during e effe* elig* eligible emer* emergency end enfo* established et
        exceed exte* faci* fees fees* foreign general grants has have have* home* house ii iii
        impl* impr* inst* international into into* issu* land* less less* limi* loca* main*
        make* management more more* new no noti* obligation office only only* operations orga*
        over* part paym* perc* percent poli* prior project projects prot* protection provision
        provisions reco* regi* representatives requirements rese* reso* revi* safe* sec sena*
        senate seq soci* specified stud* submit syst* tabl* table tech* thei* their time*
        transfer unle* unless who within work* years
    """,
    20: """
        acce* accounts acqu* actions acts acts* addition additional administrative adva* affa*
        affairs agreement agreements amer* annu* appropriation area* asso* awar* base* based
        basi* been been* begi* beginning bene* care care* chap* chapter chil* clau* clause
        commission conc* consultation contract coop* corp* cost cred* curr* dece* deficit deri*
        determined determines director disa* disc* drug drug* econ* educ* effect elec*
        enforcement ensu* ensure ente* entity envi* equi* exec* extent f facilities financial
        funded funding g grant grou* here* high* homeland housing huma* iden* inco* incr*
        individual init* insp* interest inve* it its just* land leas* loan* local maintenance
        make medi* meet* memb* official operation payment perf* prec* preceding president priv*
        procedures prod* property purpose qual* redu* refe* rega* regulations requirement
        research resources rest* resu* righ* rule* safety sections social study system take*
        time tota* total trai* training transferred transportation treasury up wate* water were
        were* without
    """,
    14: """
        acquisition activity adding addr* agai* against agri* air airc* aircraft alte*
        amendments annual application applications appo* approval area associated avia* aviation
        balanced balances basis bein* being betw* between bure* bureau busi* business but capi*
        chan* child civi* community conditions conduct conf* consistent contracts conv*
        cooperative coor* corporation corr* country current cust* data data* december demo*
        derived deta* direct does does* duti* duties economic education employee employees ener*
        energy entities environmental equa* equipment establish eval* excess executive exis*
        existing expenditure expl* fami* find* firs* first forc* form* fort* group guar* guid*
        human implement implementation impo* improvement includes income incu* incurred
        individuals infr* inspector insu* insurance internal iv janu* january justice labo*
        leve* loan maki* making mann* manner matt* medical mili* military mini* miss* mont*
        need* non note note* notification numb* obligated obligations one orde* order
        organization organizations owne* pass* passenger pay payments perm* person personnel
        plac* policy prac* prep* previous private prom* purc* purchase qualified rate* reas*
        received referred registration reim* relating rele* reli* repa* reports request reve*
        revenue review rights sala* same same* sche* schedule sele* set shar* so stan* statement
        subc* submitted subt* subtitle sums sums* systems technical technology terms terr* there
        thos* those trad* trade trib* trus* trust upon upon* vehi* vehicles vete* veterans viol*
        was whet* whether wild* will will* woul* would writ*
    """,
    10: """
        access action address adju* advance advi* affe* agriculture airp* american anal* applied
        approved areas assessment authorities authorization award bank* benefit benefits boar*
        board both both* buil* cale* calendar capa* capital center char* civil clai* clas* colu*
        columbia commerce compensation compliance conn* conservation consolidated contained
        corresponding countries credit crim* crit* day depo* determination directly disp*
        district effective effo* election employer employment enha* enter equal esti* expa*
        expo* facility final food food* forth free* full* func* glob* global h hereby hire*
        identified impa* included increase inde* indian infrastructure investment issue issued
        join* labor lead* least level limitation list* manu* mark* matter meet member members
        minimum modi* months moto* motor mult* noth* nothing notice number occu* octo* october
        offe* operating oppo* owned paid paid* paragraphs performance planning port* prevention
        prin* process procurement proposed providing rate real* reau* reauthorization rede*
        refo* reform regarding regulation relevant representation reprogramming require resc*
        resi* resolution response result risk risk* safe salaries scie* sign* special standards
        stat stra* stre* take taxa* taxable test* thereafter thre* titles traf* treated
        treatment tribal unob* unobligated v vi waiv* when when* wher* wome* women written
    """,
}

_PERMILLE = {word: share for share, words in _CLASSES.items() for word in words.split()}


def commonness(words: Iterable[str]) -> int:
    """How many of a thousand provisions hold one of `words`, at most."""
    return sum(_PERMILLE.get(word, RARE) for word in words)
