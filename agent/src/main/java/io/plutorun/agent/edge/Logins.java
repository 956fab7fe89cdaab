package io.plutorun.agent.edge;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
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

    /** A scheme and what follows it; schemes with several parts name each: {@code Credential=…, Signature=…}. */
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "(?i)(\\bauthorization[\"']?\\s{0,4}+[=:]\\s{0,4}+[\"']?)"
                    + "[a-z][a-z0-9-]{0,30}+[ \\t]{1,4}+[^\\s\"',;\\[]++(?:[ \\t]{0,4}+[,;][ \\t]{0,4}+[a-z]{1,40}+=\"?[^\\s\"',;]*+\"?)*+");

    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer\\s{1,4}+)([A-Za-z0-9._~+/=-]{8,}+)");

    private static final Pattern BASIC = Pattern.compile("(?i)\\b(basic\\s{1,4}+)([A-Za-z0-9+/_-]{4,}+={0,2}+)");

    /** Up to the last @ before the path: people do write passwords with an @ in them. */
    private static final Pattern USER_INFO = Pattern.compile("://([^/\\s:@\"']{0,256}+):([^/?#\\s\"']{1,1024})@");

    /** A token alone before the host, as Git's and Sentry's addresses have it. */
    private static final Pattern USER_ONLY = Pattern.compile("://([A-Za-z0-9_-]{16,256}+)@");

    /** {@code jdbc:oracle:thin:user/password@…}, and what sqlplus is called with: {@code user/password@//host}, {@code …@host:1521}. */
    private static final Pattern ORACLE =
            Pattern.compile("(?i)(jdbc:oracle:[a-z0-9]{1,10}+:[^/\\s:@\"']{1,128}+/)[^\\s\"']{1,256}@"
                    + "|(?<![\\w./@:-])([\\w$#]{1,128}+/)[^\\s\"'/@]{1,256}+@(?=//|[\\w.-]{1,253}+:\\d{2,5}+[/:]\\w)");

    /** Up to its end, or of all that is left where that was cut off; the header lines of an encrypted one hold hyphens as well. */
    private static final Pattern PEM = Pattern.compile(
            "(?s)-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?+-----.*?(?:-----END [A-Z0-9 ]{0,60}+-----|\\z)");

    private static final Set<String> EXAMPLES_OF_USERS = Vocabulary.of("user username name login me");
    private static final Set<String> EXAMPLES_OF_PASSWORDS = Vocabulary.of("password pass passwd pwd pw");
    private static final int LONG = 24;
    private static final int RATHER_LONG = 10;

    private Logins() {}

    /** The text without them. */
    static String redact(String text) {
        String result = text;
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("authorization")) {
            result = AUTHORIZATION.matcher(result).replaceAll("$1" + Matcher.quoteReplacement(Redactor.REDACTED));
        }
        if (lower.contains("bearer")) {
            result = BEARER.matcher(result).replaceAll(found -> scheme(found, isToken(found.group(2))));
        }
        if (lower.contains("basic")) {
            result = BASIC.matcher(result).replaceAll(found -> scheme(found, isLogin(found.group(2))));
        }
        return keysAndUrls(result);
    }

    private static String keysAndUrls(String text) {
        String result = text;
        if (result.contains("://")) {
            result = USER_INFO.matcher(result).replaceAll(Logins::userInfo);
            result = USER_ONLY.matcher(result).replaceAll(Logins::userOnly);
        }
        if (result.indexOf('@') >= 0 && result.indexOf('/') >= 0) {
            result = ORACLE.matcher(result).replaceAll(Logins::oracle);
        }
        return result.contains("PRIVATE KEY") ? PEM.matcher(result).replaceAll(Redactor.REDACTED) : result;
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

    private static String userOnly(MatchResult found) {
        return Matcher.quoteReplacement(
                RandomText.is(found.group(1), 16) ? "://" + Redactor.REDACTED + "@" : found.group());
    }

    private static String oracle(MatchResult found) {
        String user = found.group(1) != null ? found.group(1) : found.group(2);
        return Matcher.quoteReplacement(user + Redactor.REDACTED + "@");
    }
}
