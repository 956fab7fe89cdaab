package io.plutorun.fake.storage;

/** What goes wrong with one PUT. */
public sealed interface StorageFault {

    /**
     * The connection is reset when so many bytes of the body have come.
     *
     * @param bytes how many
     */
    record Reset(long bytes) implements StorageFault {}

    /**
     * The whole body is read, and answered with this status; nothing is stored.
     *
     * @param status such as 503
     */
    record Answered(int status) implements StorageFault {}

    /** Not more than the first bytes of the body are read until the storage closes. */
    record Stalled() implements StorageFault {}

    /** All bytes are stored, and the connection ends without an answer. */
    record AnswerLost() implements StorageFault {}
}
