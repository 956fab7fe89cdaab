package io.plutorun.agent.hook;

/**
 * A method whose calls are told to listeners. Texts only: nothing of the program's classes is held.
 *
 * @param className the binary name, {@code com.acme.Outer$Trainer}
 * @param methodName its name
 * @param descriptor its descriptor
 */
public record HookedMethod(String className, String methodName, String descriptor) {}
