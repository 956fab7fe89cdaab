package io.plutorun.fake.ingest;

/** Takes the lines of one kind of stream, one by one. */
interface LineParser {

    /**
     * Keeps what the line says, or nothing of it.
     *
     * @return how many rows it became
     * @throws IngestProblem when the service refuses it
     */
    int take(JsonLine line) throws IngestProblem;
}
