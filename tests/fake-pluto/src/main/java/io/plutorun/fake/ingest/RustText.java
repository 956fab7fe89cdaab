package io.plutorun.fake.ingest;

/** Texts as Rust's standard library sees them. */
final class RustText {

    private RustText() {}

    /** Whether {@code trim()} would leave nothing: Unicode's White_Space, which neither {@code isBlank} nor {@code trim} here means. */
    static boolean isBlank(String text) {
        return text.codePoints().allMatch(RustText::isWhiteSpace);
    }

    private static boolean isWhiteSpace(int c) {
        return (c >= 9 && c <= 13) || c == ' ' || c == 0x85 || Character.isSpaceChar(c);
    }
}
