package io.plutorun.agent.quiet;

/**
 * {@code java.text.Normalizer}, which OkHttp asks for every host name, without the JDK's tables of Unicode where there is nothing to
 * normalize: ASCII is in all forms already (UAX 15, section 1.2). To set the tables up costs 0.03 s of CPU.
 */
public final class Normalizer {

    private Normalizer() {}

    public static String normalize(CharSequence text, java.text.Normalizer.Form form) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return java.text.Normalizer.normalize(text, form);
            }
        }
        return text.toString();
    }
}
