package io.plutorun.agent.weave;

import java.util.Optional;

/** Why a method can't be woven, and what to do instead. */
enum UntrackableReason {
    CONSTRUCTOR("a constructor can't be tracked; annotate the method that calls it"),
    NATIVE("it is native; annotate the method that calls it"),
    OF_INTERFACE("the interface has no body for it; annotate it in the classes that implement it"),
    ABSTRACT("it is abstract; annotate it in the subclasses, where it has its body"),
    SUSPEND("a Kotlin suspend function returns when it first suspends; annotate the function that calls runBlocking"),
    NO_LOCAL_VARIABLE("it uses all local variables that a method can have");

    /** As many slots as JVMS 4.11 allows. */
    private static final int MAX_LOCALS = 0xFFFF;

    private final String words;

    UntrackableReason(String words) {
        this.words = words;
    }

    /** For a person: the reason, and what to do. */
    String words() {
        return words;
    }

    /** Whether there is no body here that anybody could mean. */
    boolean isMissingBody() {
        return this == NATIVE || this == OF_INTERFACE || this == ABSTRACT;
    }

    /** What stands in the way of weaving a method; empty for nothing. */
    static Optional<UntrackableReason> of(MethodScan method, boolean ofInterface) {
        if (method.isConstructor()) {
            return Optional.of(CONSTRUCTOR);
        }
        if (!method.hasCode()) {
            return Optional.of(method.isNative() ? NATIVE : ofInterface ? OF_INTERFACE : ABSTRACT);
        }
        if (method.isSuspendFunction()) {
            return Optional.of(SUSPEND);
        }
        return method.maxLocals() >= MAX_LOCALS ? Optional.of(NO_LOCAL_VARIABLE) : Optional.empty();
    }
}
