package io.plutorun.agent.weave;

import io.plutorun.agent.call.TrackedMethod.Attributes;
import io.plutorun.agent.settings.Options.ResumeRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code @PlutoRun} off the class file. Only what the user wrote stands there, defaults do not. The annotation's class is never
 * loaded: it may be absent, or be there in many copies.
 */
final class AttributesScan extends AnnotationVisitor {

    private final Map<String, Object> values = new HashMap<>();

    AttributesScan() {
        super(Opcodes.ASM9);
    }

    Attributes read() {
        return new Attributes(
                text("name"),
                text("project"),
                texts("tags"),
                texts("config"),
                text("externalId"),
                text("displayId"),
                text("runId"),
                resume(),
                "NEW".equals(values.get("nesting")),
                flag("captureArguments"),
                flag("recordResult"));
    }

    private @Nullable String text(String attribute) {
        return values.get(attribute) instanceof String text && !text.isBlank() ? text : null;
    }

    private @Nullable Boolean flag(String attribute) {
        return values.get(attribute) instanceof Boolean flag ? flag : null;
    }

    private List<String> texts(String attribute) {
        List<String> texts = new ArrayList<>();
        if (values.get(attribute) instanceof List<?> elements) {
            elements.forEach(element -> texts.add(element.toString()));
        }
        return texts;
    }

    private @Nullable ResumeRule resume() {
        for (ResumeRule rule : ResumeRule.values()) {
            if (rule.name().equals(values.get("resume"))) {
                return rule;
            }
        }
        return null;
    }

    @Override
    public void visit(@Nullable String attribute, Object value) {
        put(attribute, value);
    }

    @Override
    public void visitEnum(@Nullable String attribute, String descriptor, String constant) {
        put(attribute, constant);
    }

    @Override
    public AnnotationVisitor visitArray(@Nullable String attribute) {
        List<Object> elements = new ArrayList<>();
        put(attribute, elements);
        return new AnnotationVisitor(Opcodes.ASM9) {
            @Override
            public void visit(@Nullable String none, Object value) {
                elements.add(value);
            }
        };
    }

    private void put(@Nullable String attribute, Object value) {
        if (attribute != null) {
            values.put(attribute, value);
        }
    }
}
