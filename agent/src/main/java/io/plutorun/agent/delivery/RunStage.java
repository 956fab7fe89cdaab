package io.plutorun.agent.delivery;

/** How far the run is. */
enum RunStage {
    GOING_ON,
    /** No run shall come of it; the verdict is there, or comes next. */
    GIVEN_UP,
    /** The verdict is there. */
    ENDED,
    /** The process leaves the run to others: nothing more is sent. */
    LEFT,
    /** All is delivered, or will never be. */
    DONE
}
