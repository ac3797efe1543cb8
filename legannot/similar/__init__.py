"""Where else the words of a provision or of a whole bill stand: equal, reworded, alike in sense."""

from legannot.similar.corpus import Corpus, Shelved
from legannot.similar.index import named
from legannot.similar.meaning import nearest
from legannot.similar.search import search
from legannot.similar.travel import travels

__all__ = ["Corpus", "Shelved", "named", "nearest", "search", "travels"]
