"""Puts the parts of the answering core together, from the knowledge and the build on the disk."""

from collections.abc import Sequence

from app.listener import Listener
from app.passages import Passage, View, passages, rows_showing
from app.reply import Request
from app.responder import Responder
from app.settings import Settings
from embeddings.build import BuildFolder, Manifest, load_vectors
from embeddings.calibration import Calibration
from embeddings.encoder import ModelDescription, OnnxEncoder, Vectors
from embeddings.errors import StaleBuildError
from embeddings.index import VectorIndex
from embeddings.lexical import LexicalClassifier
from embeddings.recognition import Recogniser
from knowledge import Knowledge, load_knowledge


def load_responder(settings: Settings) -> Responder:
    """Load everything that answering needs.

    :raises KnowledgeError: when the knowledge has problems.
    :raises MissingBuildError: when nothing has been built, or a file of the build is gone or damaged.
    :raises StaleBuildError: when the build was made from another knowledge or model.
    """
    knowledge = load_knowledge(settings.knowledge)
    folder = BuildFolder(settings.build)
    current = folder.current()
    index_folder = folder.indexes / current.index
    manifest = Manifest.load(index_folder)
    encoder = OnnxEncoder(folder.models / current.model, threads=settings.threads)
    check_in_step(manifest, knowledge, encoder.description)
    vectors = load_vectors(index_folder, rows=len(manifest.text_hashes))
    found = passages(knowledge)
    responder = Responder(
        knowledge=knowledge,
        listener=Listener(
            knowledge=knowledge,
            encoder=encoder,
            query_prefix=encoder.description.query_prefix,
            recogniser=make_recogniser(found, vectors, LexicalClassifier.load(index_folder)),
            calibration=Calibration.load(index_folder),
        ),
        argument_index=make_argument_index(found, vectors),
        model_version=f"{encoder.description.model_id}@{encoder.description.model_hash}",
    )
    # The first text loads what waits for it (the language model, the runtime's memory): here, not for a person.
    responder.answer(Request("Bonjour"))
    return responder


def check_in_step(manifest: Manifest, knowledge: Knowledge, description: ModelDescription) -> None:
    """Check that model, vectors and knowledge belong together.

    :raises StaleBuildError: when they do not.
    """
    if manifest.knowledge_version != knowledge.version:
        raise StaleBuildError(
            f"The knowledge has changed since the build (it is {knowledge.version}, the vectors are of "
            f"{manifest.knowledge_version}). Run: make build"
        )
    if manifest.model_hash != description.model_hash:
        raise StaleBuildError(
            f"The vectors were made with another model ({manifest.model_hash}) than the one in the build "
            f"({description.model_hash}). Run: make build"
        )


def make_recogniser(found: Sequence[Passage], vectors: Vectors, lexical: LexicalClassifier) -> Recogniser:
    """Return the recogniser over what people would type: phrasings, and the titles of objections."""
    rows = rows_showing(found, View.PHRASING, View.OBJECTION)
    return Recogniser(VectorIndex([found[row].target for row in rows], vectors[rows]), lexical)


def make_argument_index(found: Sequence[Passage], vectors: Vectors) -> VectorIndex:
    """Return the index of the arguments' own texts, several rows an argument."""
    rows = rows_showing(found, View.CLAIM, View.SUMMARY)
    return VectorIndex([found[row].target for row in rows], vectors[rows])
