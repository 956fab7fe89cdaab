package io.plutorun.agent.edge;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody logs in with, known by what stands around it: headers, the user's part of a URL, private keys.
 *
 * <p>All expressions are bounded or possessive, so that no text makes them backtrack.
 */
final class Logins {

    /** In the name or the command of each. */
    private static final List<String> CLIENTS =
            List.of("curl", "sshpass", "mysql", "mariadb", "redis-cli", "login", "beeline", "mongo");

    private static final Set<String> EXAMPLES_OF_USERS = Vocabulary.of("user username name login me");
    private static final Set<String> EXAMPLES_OF_PASSWORDS = Vocabulary.of("password pass passwd pwd pw");
    private static final int CURL = 1;
    private static final int OPTION_OF_CLIENT = 6;
    private static final int LONG = 24;
    private static final int RATHER_LONG = 10;

    // Expressions that few texts need are made when the first one needs them: to make them all takes time on the way to
    // a method's first line.

    /** What stands in headers, and in what databases are told. */
    private static final class Headers {

        /** A scheme and what follows it; schemes with several parts name each: {@code Credential=…, Signature=…}. */
        static final Pattern AUTHORIZATION = Pattern.compile(
                "(?i)(\\bauthorization[\"']?\\s{0,4}+[=:]\\s{0,4}+[\"']?)"
                        + "[a-z][a-z0-9-]{0,30}+[ \\t]{1,4}+[^\\s\"',;\\[]++(?:[ \\t]{0,4}+[,;][ \\t]{0,4}+[a-z]{1,40}+=\"?[^\\s\"',;]*+\"?)*+");

        static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer\\s{1,4}+)([A-Za-z0-9._~+/=-]{8,}+)");

        static final Pattern BASIC = Pattern.compile("(?i)\\b(basic\\s{1,4}+)([A-Za-z0-9+/_-]{4,}+={0,2}+)");

        /** What a database is told or says: {@code with password 'x'}; and what stands in a .netrc. */
        static final Pattern SENTENCE = Pattern.compile(
                "(?i)\\b((?:with |set |using )?(?:password|passwd|passphrase)|identified by)(\\s{1,4}+)([\"'])((?:(?!\\3)\\S){1,256}+)\\3"
                        + "|(\\bmachine\\s{1,8}+\\S{1,256}+\\s{1,8}+login\\s{1,8}+\\S{1,256}+\\s{1,8}+password\\s{1,8}+)\\S{1,256}+");
    }

    /** What stands in addresses. */
    private static final class Addresses {

        /** Up to the last @ before the path: people do write passwords with an @ in them. */
        static final Pattern USER_INFO = Pattern.compile("://([^/\\s:@\"']{0,256}+):([^/?#\\s\"']{1,1024})@");

        /** A token alone before the host, as Git's and Sentry's addresses have it. */
        static final Pattern USER_ONLY = Pattern.compile("://([A-Za-z0-9_-]{16,256}+)@");

        /** {@code jdbc:oracle:thin:user/password@…}, and what sqlplus is called with: {@code user/password@//host}, {@code …@host:1521}. */
        static final Pattern ORACLE = Pattern.compile(
                "(?i)(jdbc:oracle:[a-z0-9]{1,10}+:[^/\\s:@\"']{1,128}+/)[^\\s\"']{1,256}@"
                        + "|(?<![\\w./@:-])([\\w$#]{1,128}+/)[^\\s\"'/@]{1,256}+@(?=//|[\\w.-]{1,253}+:\\d{2,5}+[/:]\\w)");
    }

    private static final class PrivateKeys {

        /** Up to its end, or of all that is left where that was cut off; the header lines of an encrypted one hold hyphens as well. */
        static final Pattern PEM = Pattern.compile(
                "(?s)-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?+-----.*?(?:-----END [A-Z0-9 ]{0,60}+-----|\\z)");
    }

    /** What clients are called with. */
    private static final class Commands {

        static final String BETWEEN_WORDS = "[\\s\"',\\\\]{1,8}+";

        /** Programs that take a password under a short option, the end of a command line, and those options. */
        static final Pattern CLIENT = Pattern.compile(
                "(?:(?<![\\w-])(?:(curl)|(sshpass|beeline|mongo|mongosh"
                        + "|(?:docker|podman|helm registry|oras|az)" + BETWEEN_WORDS
                        + "login)|(mysql[a-z]{0,10}+|mariadb)|(redis-cli))"
                        + "|([\\n;|&]))(?=[\\s\"',\\\\]|$)"
                        + "|(?<=[\\s\"',])(-[uUpa]|--user|--proxy-user)([\\s\"',=\\\\]{0,8}+)([^\\s:\"',-][^\\s:\"',]{0,128}+:?+)");
    }

    private Logins() {}

    /** The text without them. */
    static String redact(String text) {
        String result = text;
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("authorization")) {
            result = Headers.AUTHORIZATION
                    .matcher(result)
                    .replaceAll("$1" + Matcher.quoteReplacement(Redactor.REDACTED));
        }
        if (lower.contains("bearer")) {
            result = Headers.BEARER.matcher(result).replaceAll(found -> scheme(found, isToken(found.group(2))));
        }
        if (lower.contains("basic")) {
            result = Headers.BASIC.matcher(result).replaceAll(found -> scheme(found, isLogin(found.group(2))));
        }
        if (lower.contains("pass") || lower.contains("identified")) {
            result = Headers.SENTENCE.matcher(result).replaceAll(Logins::sentence);
        }
        return keysAndUrls(result);
    }

    private static String keysAndUrls(String text) {
        String result = text;
        if (result.indexOf('-') >= 0 && namesClient(text)) {
            result = clients(result);
        }
        if (result.contains("://")) {
            result = Addresses.USER_INFO.matcher(result).replaceAll(Logins::userInfo);
            result = Addresses.USER_ONLY.matcher(result).replaceAll(Logins::userOnly);
        }
        if (result.indexOf('@') >= 0 && result.indexOf('/') >= 0) {
            result = Addresses.ORACLE.matcher(result).replaceAll(Logins::oracle);
        }
        return result.contains("PRIVATE KEY") ? PrivateKeys.PEM.matcher(result).replaceAll(Redactor.REDACTED) : result;
    }

    private static boolean namesClient(String text) {
        for (String client : CLIENTS) {
            if (text.contains(client)) {
                return true;
            }
        }
        return false;
    }

    private static String scheme(MatchResult found, boolean secret) {
        return Matcher.quoteReplacement(secret ? found.group(1) + Redactor.REDACTED : found.group());
    }

    /** "Bearer authentication is required" holds none. */
    private static boolean isToken(String value) {
        return value.length() >= LONG
                || (value.length() >= RATHER_LONG
                        && value.chars().anyMatch(c -> !Character.isLetter(c) && c != '-' && c != '.'));
    }

    /** What follows decodes to {@code user:password} (RFC 7617), or looks drawn at random; else it is "basic training". */
    private static boolean isLogin(String value) {
        return value.endsWith("=") || RandomText.is(value, 12) || decodesToUserAndPassword(value);
    }

    private static boolean decodesToUserAndPassword(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1).indexOf(':') >= 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** {@code http://user:password@host} is how a person is told to write it. */
    private static String userInfo(MatchResult found) {
        String user = found.group(1).toLowerCase(Locale.ROOT);
        String password = found.group(2).toLowerCase(Locale.ROOT);
        boolean example = (EXAMPLES_OF_USERS.contains(user) && EXAMPLES_OF_PASSWORDS.contains(password))
                || (password.startsWith("${") && password.endsWith("}"))
                || (password.startsWith("<") && password.endsWith(">"));
        return Matcher.quoteReplacement(example ? found.group() : "://" + Redactor.REDACTED + "@");
    }

    /** Where it stands in quotes, a word may be the name of a column; behind "with" or "by" it is none. */
    private static String sentence(MatchResult found) {
        if (found.group(5) != null) {
            return Matcher.quoteReplacement(found.group(5) + Redactor.REDACTED);
        }
        boolean named = found.group(1).indexOf(' ') < 0 && PlainValues.isWords(found.group(4));
        String quote = found.group(3);
        return Matcher.quoteReplacement(
                named ? found.group() : found.group(1) + found.group(2) + quote + Redactor.REDACTED + quote);
    }

    /** Goes through a text once: {@code curl -u me:x}, {@code sshpass -p x}, {@code mysql -px}. One password for each client's name. */
    private static String clients(String text) {
        Matcher found = Commands.CLIENT.matcher(text);
        Values values = new Values(text);
        Values.Hidden result = new Values.Hidden(text);
        int client = 0;
        while (found.find()) {
            if (found.group(OPTION_OF_CLIENT) == null) {
                client = 1;
                while (found.group(client) == null) {
                    client++;
                }
            } else if (takesPassword(client, found)) {
                int begin = found.start(OPTION_OF_CLIENT + 2);
                boolean quoted = "\"'".indexOf(text.charAt(begin - 1)) >= 0 && text.charAt(begin - 2) != '\\';
                int end = quoted ? values.end(begin - 1) : values.end(begin);
                boolean closed = quoted && end > begin && text.charAt(end - 1) == text.charAt(begin - 1);
                result.hide(client == CURL ? found.end() : begin, closed ? end - 1 : end);
                client = 0;
            }
        }
        return result.toString();
    }

    private static boolean takesPassword(int client, MatchResult found) {
        String option = found.group(OPTION_OF_CLIENT);
        boolean apart = found.group(OPTION_OF_CLIENT + 1).chars().anyMatch(c -> c == ',' || Character.isWhitespace(c));
        return switch (client) {
            case CURL ->
                "-u-U--user--proxy-user".contains(option) && found.group().endsWith(":");
            case 2 -> option.equals("-p") && apart;
            case 3 -> option.equals("-p") && !apart;
            case 4 -> option.equals("-a") && apart;
            default -> false;
        };
    }

    private static String userOnly(MatchResult found) {
        return Matcher.quoteReplacement(
                RandomText.is(found.group(1), 16) ? "://" + Redactor.REDACTED + "@" : found.group());
    }

    private static String oracle(MatchResult found) {
        String user = found.group(1) != null ? found.group(1) : found.group(2);
        return Matcher.quoteReplacement(user + Redactor.REDACTED + "@");
    }
}
