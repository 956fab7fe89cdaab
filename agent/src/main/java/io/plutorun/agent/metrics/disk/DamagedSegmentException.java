package io.plutorun.agent.metrics.disk;

import java.io.IOException;

/** A file is no segment of values, or its header is damaged: nobody will ever read values from it. */
public final class DamagedSegmentException extends IOException {

    private static final long serialVersionUID = 1;

    DamagedSegmentException(String message) {
        super(message);
    }
}
