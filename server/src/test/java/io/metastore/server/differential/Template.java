package io.metastore.server.differential;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The short forms of a script's text.
///
///     ${name}                      the variable's value
///     ${x*5}                       xxxxx
///     times(3)[ put { key: "k#" } ]   put { key: "k1" }  put { key: "k2" }  put { key: "k3" }
final class Template {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([a-z_]+[0-9]?)}");
    private static final Pattern FILL = Pattern.compile("\\$\\{(.)\\*(\\d+)}");
    private static final Pattern TIMES = Pattern.compile("times\\((\\d+)\\)\\[([^\\]]*)]");

    private Template() {}

    /// Fills the variables that are given and leaves the others.
    static String fill(String text, Map<String, String> variables) {
        return VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(variables.getOrDefault(found.group(1), found.group())));
    }

    /// The text as it is sent: with all variables, fillings and repetitions.
    ///
    /// @throws IllegalArgumentException when a variable has no value
    static String expand(String text, Map<String, String> variables) {
        var filled = fill(text, variables);
        var missing = VARIABLE.matcher(filled);
        if (missing.find()) {
            throw new IllegalArgumentException("no value for " + missing.group() + " in: " + text);
        }
        return FILL.matcher(TIMES.matcher(filled).replaceAll(Template::repeated))
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2)))));
    }

    private static String repeated(MatchResult found) {
        return IntStream.rangeClosed(1, Integer.parseInt(found.group(1)))
                .mapToObj(index -> found.group(2).replace("#", String.valueOf(index)))
                .map(Matcher::quoteReplacement)
                .collect(Collectors.joining(" "));
    }
}
