"""Which IRI a key gets: an agreement that is also a document goes by the document's."""

from __future__ import annotations

from msgspec import field

from kg.model import Agreement, DateRange, Document, Resolution
from kg.model.frozen import Frozen
from kg.rdf.iris import thing

__all__ = ["Names"]


class Names(Frozen):
    """The keys that stand for another key, and what an agreement lends to the document it is one with.

    Of several agreements that name one document, the first by key is one with it; the others stay apart,
    since a thing has one type and one status.
    """

    alias: dict[str, str] = field(default_factory=dict)
    agreement_of: dict[str, Agreement] = field(default_factory=dict)
    document_of: dict[str, Document] = field(default_factory=dict)

    @classmethod
    def of(cls, resolution: Resolution) -> Names:
        """Reads the agreements of a resolution; one that names a document that is not there stays itself."""
        documents = {document.key: document for document in resolution.documents}
        names = cls()
        for agreement in sorted(resolution.agreements, key=lambda a: a.key):
            target = agreement.document
            if target in documents and target not in names.agreement_of:
                names.alias[agreement.key] = target
                names.agreement_of[target] = agreement
                names.document_of[agreement.key] = documents[target]
        return names

    def iri(self, key: str) -> str:
        """The IRI of the thing with this key."""
        return thing(self.alias.get(key, key))

    def date_of(self, document: Document) -> DateRange | None:
        """The date of a document; the day of signing comes first when it is an agreement too."""
        agreement = self.agreement_of.get(document.key)
        return (agreement.signed if agreement else None) or document.date
