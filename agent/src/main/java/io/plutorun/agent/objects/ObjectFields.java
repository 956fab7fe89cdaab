package io.plutorun.agent.objects;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The instance fields of the program's classes, also private ones and those of superclasses, whatever module they are in: the agent opens
 * the packages to itself alone. Fields of the JDK's own superclasses and those that a compiler has added are left out.
 *
 * <p>What was found out of a class is kept with the class itself, and goes with it.
 */
public final class ObjectFields {

    private static final ClassLoader PLATFORM =
            ObjectFields.class.getClassLoader().getParent();

    private final Instrumentation instrumentation;

    private final ClassValue<List<Field>> known = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            return find(type);
        }
    };

    /**
     * Makes it.
     *
     * @param instrumentation opens packages
     */
    public ObjectFields(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** The fields of a class, the superclass's first, readable; none where the JVM can't name them all. */
    public List<Field> of(Class<?> type) {
        return known.get(type);
    }

    /** What a field of {@link #of} holds. */
    public static @Nullable Object read(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // the field was made accessible
        }
    }

    /** What a field of one of the JDK's own classes holds; null where there is no such field, or where it can't be read. */
    @Nullable
    Object read(Object object, String name) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            Field field = isOfJdk(type) ? declared(type, name) : null;
            if (field != null) {
                return read(field, object);
            }
        }
        return null;
    }

    /** Whether a class is the JDK's own: its fields are nobody's business, and its code is not the program's. */
    public static boolean isOfJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == PLATFORM;
    }

    private List<Field> find(Class<?> type) {
        List<Field> found = new ArrayList<>();
        Class<?> superclass = type.getSuperclass();
        if (superclass != null && !isOfJdk(superclass)) {
            found.addAll(of(superclass));
        }
        try {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                    open(type);
                    field.setAccessible(true);
                    found.add(field);
                }
            }
        } catch (LinkageError
                | RuntimeException e) { // a field of a class that is absent, or a module that can't be changed
            return List.of();
        }
        return List.copyOf(found);
    }

    private @Nullable Field declared(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            open(type);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException | LinkageError | RuntimeException e) {
            return null;
        }
    }

    private void open(Class<?> type) {
        Module module = type.getModule();
        Module engine = ObjectFields.class.getModule();
        if (!module.isOpen(type.getPackageName(), engine)) {
            instrumentation.redefineModule(
                    module, Set.of(), Map.of(), Map.of(type.getPackageName(), Set.of(engine)), Set.of(), Map.of());
        }
    }
}
