package io.plutorun.fake.ingest;

/** A body cut into lines: blank ones are skipped, white space around a line does not count, the last line feed may lack. */
final class BodyLines {

    private final byte[] body;

    BodyLines(byte[] body) {
        this.body = body;
    }

    IngestStore.Outcome feed(LineParser parser) {
        JsonLine line = new JsonLine();
        long rows = 0;
        int from = 0;
        while (from < body.length) {
            int feed = lineFeed(from);
            int start = from;
            int end = feed;
            while (start < end && isBlank(body[start])) {
                start++;
            }
            while (start < end && isBlank(body[end - 1])) {
                end--;
            }
            if (start < end) {
                line.open(body, start, end, feed == body.length);
                try {
                    rows += parser.take(line);
                } catch (IngestProblem bad) {
                    return new IngestStore.Outcome(rows, bad);
                }
            }
            from = feed + 1;
        }
        return new IngestStore.Outcome(rows, null);
    }

    private int lineFeed(int from) {
        int at = from;
        while (at < body.length && body[at] != '\n') {
            at++;
        }
        return at;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }
}
