package io.plutorun.agent.delivery;

/** How far a run has come, as its sender sees it. */
enum RunStage {
    GOING_ON,
    /** The run is not wanted on the server any more; its verdict is recorded, or will be recorded next. */
    GIVEN_UP,
    /** The verdict is recorded. */
    ENDED,
    /** This process leaves the run to other processes, and sends nothing more. */
    LEFT,
    /** All records are delivered, or will never be. */
    DONE
}
