/** What users compile against. A description of its own, since {@code jlink} takes no automatic modules. */
module io.plutorun {
    exports io.plutorun;
}
