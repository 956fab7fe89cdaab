package io.plutorun.agent.hook;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The methods of one name in one class, for a {@link Hook}: all overloads, or those of a number of parameters, or those of given ones.
 *
 * @param className the binary name, {@code com.acme.Outer$Trainer}
 * @param methodName its name
 * @param descriptor how the method's descriptor begins, {@code (ILjava/lang/String;)}; null for any
 * @param parameterCount how many parameters it has; negative for any
 */
public record ExactMethod(
        String className, String methodName, @Nullable String descriptor, int parameterCount)
        implements Function<String, List<ExactMethod>>, BiPredicate<String, String> {

    private static final int ANY = -1;

    /** All overloads. */
    public static ExactMethod of(String className, String methodName) {
        return new ExactMethod(className, methodName, null, ANY);
    }

    /** Of these, the ones with so many parameters: for methods whose types differ between versions of a library. */
    public ExactMethod withParameterCount(int count) {
        return new ExactMethod(className, methodName, descriptor, count);
    }

    /** Of these, the ones whose descriptor begins so: {@code (I)} for a single {@code int}, whatever the method returns. */
    public ExactMethod withDescriptor(String beginning) {
        return new ExactMethod(className, methodName, beginning, parameterCount);
    }

    @Override
    public List<ExactMethod> apply(String internalClassName) {
        return internalClassName.length() == className.length()
                        && internalClassName.replace('/', '.').equals(className)
                ? List.of(this)
                : List.of();
    }

    @Override
    public boolean test(String name, String itsDescriptor) {
        return name.equals(methodName)
                && (descriptor == null || itsDescriptor.startsWith(descriptor))
                && (parameterCount < 0 || parameterCount == parameters(itsDescriptor));
    }

    /** How many parameters stand in a method's descriptor: JVMS 4.3.3. */
    private static int parameters(String descriptor) {
        int count = 0;
        for (int i = 1; descriptor.charAt(i) != ')'; i++) {
            while (descriptor.charAt(i) == '[') {
                i++;
            }
            if (descriptor.charAt(i) == 'L') {
                i = descriptor.indexOf(';', i);
            }
            count++;
        }
        return count;
    }

    @Override
    public String toString() {
        return className + "#" + methodName;
    }
}
