package io.plutorun.agent;

import com.sun.source.util.JavacTask;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The classes and members of a release of the JDK, as {@code javac --release} knows them: from the signatures that every JDK carries for
 * the older releases.
 */
final class JdkApi {

    /** Their methods take any arguments, so that a call's descriptor is none of the declared ones: JLS 15.12.3. */
    private static final Set<String> SIGNATURE_POLYMORPHIC =
            Set.of("java/lang/invoke/MethodHandle", "java/lang/invoke/VarHandle");

    private final Elements elements;
    private final Types types;
    private final Map<String, Set<String>> members = new HashMap<>();

    private JdkApi(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    /**
     * The JDK's API in a release.
     *
     * @throws IllegalArgumentException if this JDK's compiler does not know the release any more
     */
    static JdkApi ofRelease(int release) {
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        null,
                        List.of("--release", String.valueOf(release), "-Xlint:-options", "-proc:none"),
                        List.of("java.lang.Object"),
                        null);
        return new JdkApi(task.getElements(), task.getTypes());
    }

    boolean hasClass(String internalName) {
        return type(internalName) != null;
    }

    /**
     * Whether the class declares or inherits a member.
     *
     * @param member as {@link #member} writes it
     */
    boolean has(String internalName, String member) {
        Set<String> found = members.computeIfAbsent(internalName, any -> {
            Set<String> all = new HashSet<>();
            TypeElement type = type(internalName);
            if (type != null) {
                collect(type.asType(), all);
            }
            return all;
        });
        return found.contains(member)
                || (SIGNATURE_POLYMORPHIC.contains(internalName)
                        && member.contains("(")
                        && found.stream()
                                .anyMatch(name -> name.startsWith(member.substring(0, member.indexOf('(') + 1))));
    }

    /** A method as {@code name(descriptor)descriptor}, a field as {@code name:descriptor}. */
    static String member(String name, String descriptor) {
        return descriptor.startsWith("(") ? name + descriptor : name + ":" + descriptor;
    }

    private @Nullable TypeElement type(String internalName) {
        return elements.getTypeElement(internalName.replace('/', '.').replace('$', '.'));
    }

    private void collect(TypeMirror type, Set<String> all) {
        for (Element member : ((DeclaredType) type).asElement().getEnclosedElements()) {
            if (member instanceof ExecutableElement method) {
                StringBuilder descriptor = new StringBuilder("(");
                method.getParameters().forEach(parameter -> descriptor.append(descriptor(parameter.asType())));
                descriptor.append(')').append(descriptor(method.getReturnType()));
                all.add(member(method.getSimpleName().toString(), descriptor.toString()));
            } else if (member instanceof VariableElement field) {
                all.add(member(field.getSimpleName().toString(), descriptor(field.asType())));
            }
        }
        types.directSupertypes(type).forEach(supertype -> collect(supertype, all));
    }

    /** JVMS 4.3. */
    private String descriptor(TypeMirror type) {
        TypeMirror erased = types.erasure(type);
        return switch (erased.getKind()) {
            case BOOLEAN -> "Z";
            case BYTE -> "B";
            case SHORT -> "S";
            case INT -> "I";
            case LONG -> "J";
            case CHAR -> "C";
            case FLOAT -> "F";
            case DOUBLE -> "D";
            case VOID -> "V";
            case ARRAY -> "[" + descriptor(((ArrayType) erased).getComponentType());
            case DECLARED -> {
                TypeElement named = (TypeElement) ((DeclaredType) erased).asElement();
                yield "L" + elements.getBinaryName(named).toString().replace('.', '/') + ";";
            }
            default -> throw new IllegalStateException(type + " has no descriptor");
        };
    }
}
