package io.plutorun.agent.settings;

/** The table of options as docs/options.md shows it, in Markdown. */
final class OptionsTable {

    private OptionsTable() {}

    static String markdown() {
        StringBuilder table = new StringBuilder("| Variable | Value | Default | What it does |\n|---|---|---|---|\n");
        for (Option<?> option : Options.all()) {
            String standard = option.defaultText() == null ? "" : "`" + option.defaultText() + "`";
            table.append("| `").append(option.variable());
            table.append("` | ").append(cell(option.type().description()));
            table.append(" | ").append(cell(standard));
            table.append(" | ").append(cell(option.description())).append(" |\n");
        }
        return table.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
