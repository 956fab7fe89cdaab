package io.plutorun.agent.edge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that bear their maker's mark: a prefix, and behind it so many characters of an alphabet. The shapes are the ones that the
 * makers publish, and that secret scanners (gitleaks, detect-secrets, GitHub's secret scanning) look for.
 *
 * <p>A table and a scan instead of one regular expression: an alternation of a hundred branches would be tried at every character, and
 * compiled on the way to a method's first line. Each position of a text is looked at a bounded number of times.
 */
final class TokenShapes {

    private static final int HEX = 1;
    private static final int ALNUM = 2;
    private static final int WORD = 4;
    private static final int DASHED = 8;
    private static final int DOTTED = 16;
    private static final int BASE64 = 32;
    private static final int UPPER = 64;
    private static final int PATH = 128;
    private static final byte[] CLASSES = classes();

    private static final int ANY = Integer.MAX_VALUE;

    /** Longest part of a JSON Web Token that is looked through before it is known to be one. */
    private static final int MAX_JWT_PART = 4096;

    /**
     * A shape.
     *
     * @param prefix what it begins with
     * @param alphabet what follows
     * @param least how many characters at least
     * @param most how many at most; where it is as many, no letter or digit may follow
     */
    private record Shape(String prefix, int alphabet, int least, int most) {}

    private static final Shape[][] BY_FIRST = table();

    private TokenShapes() {}

    private static Shape[][] table() {
        List<Shape> shapes = new ArrayList<>();
        // Pluto, and other trackers: Neptune and Grafana have Base64 of JSON that begins so
        add(shapes, DASHED, 6, ANY, "mlps_", "mlpi_");
        add(shapes, BASE64 | DASHED, 20, ANY, "eyJhcGlfYWRkcmVzcyI6", "eyJrIjoi", "ops_eyJ");
        // clouds
        add(shapes, UPPER, 16, 16, "AKIA", "ASIA", "ABIA", "ACCA");
        add(shapes, BASE64, 60, ANY, "ABSK");
        add(shapes, DASHED, 28, ANY, "AIza", "GOCSPX-", "1//0");
        add(shapes, DOTTED, 20, ANY, "ya29.");
        add(shapes, ALNUM, 20, 20, "LTAI");
        add(shapes, ALNUM, 32, 32, "AKID");
        add(shapes, HEX, 32, 32, "dapi", "dose", "dkea");
        add(shapes, HEX, 60, ANY, "dop_v1_", "doo_v1_", "dor_v1_");
        add(shapes, DOTTED, 35, ANY, "AQVN", "t1.");
        add(shapes, DASHED, 50, ANY, "HRKU-AA");
        add(shapes, DASHED | BASE64, 40, ANY, "fo1_", "fm1r_", "fm1a_", "fm2_");
        add(shapes, DASHED, 140, ANY, "v1.0-");
        add(shapes, DASHED, 43, 43, "sha256~");
        add(shapes, ALNUM, 40, ANY, "nfp_", "sbp_");
        add(shapes, DASHED, 20, ANY, "sb_secret_", "rnd_", "tskey-auth-", "tskey-api-", "tskey-client-", "CFPAT-");
        // source code, packages, builds
        add(shapes, ALNUM, 20, ANY, "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "dckr_pat_", "dckr_oat_");
        add(shapes, WORD, 20, ANY, "github_pat_");
        add(shapes, DOTTED, 16, ANY, "glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glimt-", "gloas-");
        add(shapes, DASHED, 20, ANY, "glagent-", "glsoat-", "glffct-", "GR1348941", "ATATT3", "ATCTT3", "ATBB");
        add(shapes, ALNUM, 30, ANY, "npm_", "CLOJARS_", "bkua_", "CCIPAT_", "cio");
        add(shapes, DASHED, 30, ANY, "pypi-");
        add(shapes, HEX, 40, ANY, "rubygems_", "pul-", "sgp_", "squ_", "sqp_", "sqa_");
        add(shapes, ALNUM, 43, 43, "oy2");
        add(shapes, ALNUM, 50, ANY, "AKCp", "cmVmd");
        // models and their hosts
        add(shapes, ALNUM, 30, ANY, "hf_", "api_org_", "gsk_", "pplx-", "xai-", "r8_", "csk-", "rpa_", "KGAT_");
        add(shapes, DASHED, 40, ANY, "nvapi-", "pcsk_", "ZENKEY_", "esecret_");
        add(shapes, DASHED, 16, ANY, "sk-proj-", "sk-ant-", "sk-svcacct-", "sk-admin-", "sk-or-v1-", "sk-lf-");
        add(shapes, ALNUM, 20, ANY, "sk-", "llx-", "jina_");
        add(shapes, DASHED, 30, ANY, "tvly-", "lsv2_pt_", "lsv2_sk_", "bedrock-api-key-");
        add(shapes, ALNUM, 36, 36, "pnu_", "pnb_");
        // what services are called with
        add(shapes, ALNUM, 10, ANY, "sk_live_", "sk_test_", "sk_prod_", "rk_live_", "rk_test_", "rk_prod_", "whsec_");
        add(shapes, DASHED, 22, ANY, "sq0atp-", "sq0csp-", "EAAA");
        add(shapes, HEX, 32, 32, "shpat_", "shpca_", "shppa_", "shpss_", "SK", "key-", "fc-");
        add(shapes, DASHED, 10, ANY, "xoxa-", "xoxb-", "xoxc-", "xoxd-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-");
        add(shapes, DASHED, 20, ANY, "xapp-", "xoxe.xoxp-", "xoxe.xoxb-");
        add(shapes, DOTTED, 60, ANY, "SG.", "dt0c01.", "sl.");
        add(shapes, DASHED, 50, ANY, "xkeysib-", "xsmtpsib-", "sntryu_", "tfp_", "rdme_", "PMAK-");
        add(shapes, BASE64 | WORD, 60, ANY, "sntrys_");
        add(shapes, ALNUM, 40, ANY, "lin_api_", "lin_oauth_", "ntn_", "figd_", "shippo_live_", "shippo_test_");
        add(shapes, ALNUM, 43, 43, "secret_");
        add(shapes, BASE64, 32, ANY, "glc_");
        add(shapes, WORD, 38, ANY, "glsa_");
        add(shapes, DASHED, 24, ANY, "hvs.", "hvb.", "hvr.");
        add(shapes, ALNUM, 43, ANY, "dp.pt.", "dp.st.", "dp.ct.", "dp.sa.");
        add(shapes, DOTTED, 30, ANY, "pscale_tkn_", "pscale_pw_", "pscale_oauth_");
        add(shapes, DASHED, 20, ANY, "NRAK-", "NRII-", "NRRA-", "FLWSECK-", "FLWSECK_TEST-");
        add(shapes, ALNUM, 54, 54, "EZAK", "EZTK");
        add(shapes, DASHED, 40, ANY, "duffel_live_", "duffel_test_", "dnkey-", "tk-us-", "AGE-SECRET-KEY-1");
        add(shapes, UPPER, 26, 26, "API-");
        add(shapes, ALNUM, 32, 32, "ico-");
        add(shapes, ALNUM, 100, ANY, "EAAM", "EAAC", "EAAG", "EAAB");
        add(shapes, DASHED, 36, ANY, "access-sandbox-", "access-production-");
        // addresses that let in who knows them
        add(shapes, PATH, 30, ANY, "hooks.slack.com/services/", "hooks.slack.com/workflows/");
        add(shapes, PATH, 40, ANY, "discord.com/api/webhooks/", "discordapp.com/api/webhooks/", "webhook.office.com/");
        add(shapes, PATH, 35, ANY, "api.telegram.org/bot");
        Shape[][] byFirst = new Shape[128][];
        Arrays.fill(byFirst, new Shape[0]);
        for (Shape shape : shapes) {
            char first = shape.prefix().charAt(0);
            Shape[] sameFirst = Arrays.copyOf(byFirst[first], byFirst[first].length + 1);
            sameFirst[sameFirst.length - 1] = shape;
            byFirst[first] = sameFirst;
        }
        return byFirst;
    }

    private static void add(List<Shape> shapes, int alphabet, int least, int most, String... prefixes) {
        for (String prefix : prefixes) {
            shapes.add(new Shape(prefix, alphabet, least, most));
        }
    }

    private static byte[] classes() {
        byte[] classes = new byte[128];
        for (char c = '0'; c <= 'z'; c++) {
            boolean digit = c <= '9';
            boolean upper = c >= 'A' && c <= 'Z';
            boolean lower = c >= 'a';
            if (digit || upper || lower) {
                int hex = digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') ? HEX : 0;
                int capital = digit || upper ? UPPER : 0;
                classes[c] = (byte) (hex | ALNUM | WORD | DASHED | DOTTED | BASE64 | capital | PATH);
            }
        }
        classes['_'] = (byte) (WORD | DASHED | DOTTED | PATH);
        classes['-'] = (byte) (DASHED | DOTTED | PATH);
        classes['.'] = (byte) DOTTED;
        classes['+'] = (byte) BASE64;
        classes['/'] = (byte) (BASE64 | PATH);
        classes['='] = (byte) BASE64;
        classes[':'] = (byte) PATH;
        classes['@'] = (byte) PATH;
        return classes;
    }

    private static boolean is(char c, int alphabet) {
        return c < 128 && (CLASSES[c] & alphabet) != 0;
    }

    private static int run(String text, int from, int alphabet, long atMost) {
        long last = Math.min(text.length(), from + atMost);
        int at = from;
        while (at < last && is(text.charAt(at), alphabet)) {
            at++;
        }
        return at;
    }

    /** Whether a token stands in the text. */
    static boolean areIn(String text) {
        return next(text, 0) != null;
    }

    /** The text with each token replaced. */
    static String replace(String text, String replacement) {
        StringBuilder result = null;
        int copied = 0;
        for (int[] found = next(text, 0); found != null; found = next(text, found[1])) {
            result = result == null ? new StringBuilder() : result;
            result.append(text, copied, found[0]).append(replacement);
            copied = found[1];
        }
        return result == null
                ? text
                : result.append(text, copied, text.length()).toString();
    }

    /** Beginning and end of the first token; null when there is none. */
    private static int @Nullable [] next(String text, int from) {
        boolean inWord = from > 0 && is(text.charAt(from - 1), ALNUM);
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (!inWord) {
                int end = end(text, at, c);
                if (end > 0) {
                    return new int[] {at, end};
                }
            }
            if (c == 'Q' || c == '.') {
                int begin = beginOfInfixed(text, at, from);
                if (begin >= 0) {
                    return new int[] {begin, run(text, at + 2, DOTTED | WORD, ANY)};
                }
            }
            inWord = is(c, ALNUM);
        }
        return null;
    }

    private static int end(String text, int at, char first) {
        if (first >= 128) {
            return -1;
        }
        for (Shape shape : BY_FIRST[first]) {
            if (text.startsWith(shape.prefix(), at)) {
                int body = at + shape.prefix().length();
                int end = run(text, body, shape.alphabet(), shape.most());
                boolean goesOn = shape.most() == shape.least() && end < text.length() && is(text.charAt(end), ALNUM);
                if (end - body >= shape.least() && !goesOn) {
                    return end;
                }
            }
        }
        return first == 'e' && text.startsWith("eyJ", at) ? endOfJwt(text, at) : -1;
    }

    /** Header, claims and signature, or the five parts of an encrypted one. Bounded, since "_eyJ" in a long word begins one each time. */
    private static int endOfJwt(String text, int at) {
        int header = run(text, at, DASHED, MAX_JWT_PART);
        if (header - at < 10 || !text.startsWith(".", header)) {
            return -1;
        }
        int claims = run(text, header + 1, DASHED, MAX_JWT_PART);
        boolean signed = text.startsWith("eyJ", header + 1) && claims - header > 7;
        if (!text.startsWith(".", claims)) {
            return claims - header - 1 == MAX_JWT_PART && signed ? run(text, claims, DOTTED, ANY) : -1;
        }
        int third = run(text, claims + 1, DASHED, ANY);
        if (signed) {
            return third - claims > 4 ? third : -1;
        }
        boolean encrypted = claims == header + 1 || claims - header > 20;
        return encrypted && third - claims > 8 && text.startsWith(".", third) && header - at > 16
                ? run(text, third, DOTTED, ANY)
                : -1;
    }

    /** Azure's client secrets have a mark in the middle, {@code abc8Q~…}, and so have Terraform's tokens, {@code ….atlasv1.…}. */
    private static int beginOfInfixed(String text, int at, int from) {
        boolean azure = text.startsWith("Q~", at) && at - from >= 4 && Character.isDigit(text.charAt(at - 1));
        boolean terraform = text.startsWith(".atlasv1.", at) && at - from >= 14;
        if (!azure && !terraform) {
            return -1;
        }
        int begin = at - (azure ? 4 : 14);
        int behind = at + (azure ? 2 : ".atlasv1.".length());
        boolean whole = run(text, begin, DOTTED, at - begin) == at
                && run(text, behind, DASHED | DOTTED, 64) - behind >= (azure ? 31 : 60);
        return whole ? begin : -1;
    }
}
