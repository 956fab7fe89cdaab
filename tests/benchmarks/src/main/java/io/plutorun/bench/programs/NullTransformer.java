package io.plutorun.bench.programs;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** An agent that is shown every class and changes none: what the JVM takes for any agent that looks at classes. */
public final class NullTransformer implements ClassFileTransformer {

    private NullTransformer() {}

    public static void premain(String arguments, Instrumentation instrumentation) {
        instrumentation.addTransformer(new NullTransformer());
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String className,
            @Nullable Class<?> classBeingRedefined,
            @Nullable ProtectionDomain protectionDomain,
            byte[] classFile) {
        return null;
    }
}
