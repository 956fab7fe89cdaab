package io.plutorun.agent.weave;

import java.util.Optional;

/** Why a method can't be woven, and what to do instead. */
enum UntrackableReason {
    CONSTRUCTOR("it is a constructor", "annotate the method that calls it"),
    NATIVE("it is native", "annotate the method that calls it"),
    OF_INTERFACE("the interface has no body for it", "annotate it in the classes that implement it"),
    ABSTRACT("it is abstract", "annotate it in the subclasses, where it has its body"),
    SUSPEND("a Kotlin suspend function returns when it first suspends", "annotate the function that calls runBlocking"),
    NO_LOCAL_VARIABLE("it uses all local variables that a method can have", "annotate the method that calls it");

    /** As many slots as JVMS 4.11 allows. */
    private static final int MAX_LOCALS = 0xFFFF;

    private final String words;
    private final String remedy;

    UntrackableReason(String words, String remedy) {
        this.words = words;
        this.remedy = remedy;
    }

    /** For a person: the reason. */
    String words() {
        return words;
    }

    /** For a person: what to do instead of tracking the method. */
    String remedy() {
        return remedy;
    }

    /** Whether there is no body here that anybody could mean. */
    boolean isMissingBody() {
        return this == NATIVE || this == OF_INTERFACE || this == ABSTRACT;
    }

    /**
     * What stands in the way of weaving a method; empty for nothing.
     *
     * @param variables how many local variables it needs besides its own
     */
    static Optional<UntrackableReason> of(MethodScan method, boolean ofInterface, int variables) {
        if (method.isConstructor()) {
            return Optional.of(CONSTRUCTOR);
        }
        if (!method.hasCode()) {
            return Optional.of(method.isNative() ? NATIVE : ofInterface ? OF_INTERFACE : ABSTRACT);
        }
        if (method.isSuspendFunction()) {
            return Optional.of(SUSPEND);
        }
        return method.maxLocals() > MAX_LOCALS - variables ? Optional.of(NO_LOCAL_VARIABLE) : Optional.empty();
    }
}
