package io.plutorun.agent.edge;

/**
 * Tells what a machine drew at random from what a person named. A word, {@code val_loss}, {@code top5Accuracy} or {@code resnet50}
 * changes seldom between letters and digits, and between small and capital letters; a random text does it at nearly every second
 * character.
 */
final class RandomText {

    /** Changes for each hundred characters. Random letters and digits of one case have some 40, hexadecimal digits 47. */
    private static final int LEAST_CHANGES = 20;

    private RandomText() {}

    /**
     * Whether a value looks drawn at random.
     *
     * @param least how many characters it must have
     */
    static boolean is(String value, int least) {
        if (value.length() < least) {
            return false;
        }
        int changes = 0;
        int counted = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!Character.isLetterOrDigit(c) && "+/=_-.~%:@!$&*".indexOf(c) < 0) {
                return false;
            }
            if (i == 0 || !Character.isLetterOrDigit(c) || !Character.isLetterOrDigit(value.charAt(i - 1))) {
                counted++;
                continue;
            }
            counted++;
            changes += isChange(value, i) ? 1 : 0;
        }
        return changes * 100 >= counted * LEAST_CHANGES;
    }

    private static boolean isChange(String value, int i) {
        char c = value.charAt(i);
        char before = value.charAt(i - 1);
        if (Character.isDigit(c) != Character.isDigit(before)) {
            return true;
        }
        boolean capital = Character.isUpperCase(c);
        if (Character.isUpperCase(before) == capital) {
            return false;
        }
        // "aB" always, "Ba" only where a run of capitals ends: a word may begin with one
        return capital || (i > 1 && Character.isUpperCase(value.charAt(i - 2)));
    }
}
