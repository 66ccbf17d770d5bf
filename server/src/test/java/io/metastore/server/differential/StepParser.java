package io.metastore.server.differential;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Turns one logical line into steps: one, or as many as a loop has rounds.
final class StepParser {
    private static final Pattern LOOP = Pattern.compile("for (\\w+) in (\\d+)\\.\\.(\\d+): (.*)");
    private static final Pattern WITH = Pattern.compile("with ((?:\\S+=\\S*\\s*)+): (.*)");

    private StepParser() {}

    static List<Step> parse(String line) {
        var loop = LOOP.matcher(line);
        if (!loop.matches()) {
            return List.of(step(line));
        }
        var first = loop.group(2);
        return IntStream.rangeClosed(Integer.parseInt(first), Integer.parseInt(loop.group(3)))
                .mapToObj(value -> String.format("%0" + first.length() + "d", value))
                .map(value -> step(Template.fill(loop.group(4), Map.of(loop.group(1), value))))
                .toList();
    }

    private static Step step(String line) {
        var with = WITH.matcher(line);
        return with.matches() ? step(line, metadata(with.group(1)), with.group(2)) : step(line, Map.of(), line);
    }

    private static Step step(String source, Map<String, String> metadata, String line) {
        var words = line.split("\\s+", -1);
        return switch (words[0]) {
            case "at" -> new Step.At(source, words[1].substring(0, words[1].length() - 1), step(after(line, 2)));
            case "begin" -> new Step.Begin(source, words[1], http(source, metadata, after(line, 2)));
            case "flood" -> new Step.Flood(source, Integer.parseInt(words[1]), call(source, metadata, after(line, 2)));
            case "halt", "start", "pause", "resume" ->
                new Step.Fate(source, Step.Act.valueOf(words[0].toUpperCase(Locale.ROOT)), words[1]);
            case "save" -> new Step.Save(source, words[1], words[2]);
            case "quiet" -> new Step.Quiet(source, call(source, metadata, after(line, 1)));
            case "await" -> await(source, metadata, line);
            case "raw" -> new Step.Raw(source, metadata, words[1], words.length > 2 ? words[2] : "");
            case "open" -> new Step.Open(source, metadata, words[1], words[2]);
            case "send" -> new Step.Send(source, words[1], after(line, 2));
            case "receive" -> receive(source, List.of(words));
            case "silent" -> new Step.Silent(source, words[1]);
            case "finish" -> new Step.Finish(source, words[1]);
            case "abort" -> new Step.Abort(source, words[1]);
            case "ended" -> new Step.Ended(source, words[1]);
            case "http" -> http(source, metadata, line);
            case "until" -> new Step.Until(source, decoded(words[1]), http(source, metadata, after(line, 2)));
            case "snapshot" -> new Step.Snapshot(source);
            case "restart" -> new Step.Restart(source, false);
            case "kill" -> new Step.Restart(source, true);
            default -> call(source, metadata, line);
        };
    }

    private static Step.Call call(String source, Map<String, String> metadata, String line) {
        var method = line.split("\\s+", 2)[0];
        if (!Character.isUpperCase(method.charAt(0))) {
            throw new IllegalArgumentException("neither a step nor a method: " + line);
        }
        return new Step.Call(source, metadata, method, after(line, 1));
    }

    private static Step.Http http(String source, Map<String, String> headers, String line) {
        var second = line.split("\\s+", 3)[1];
        boolean counted = Character.isDigit(second.charAt(0));
        return new Step.Http(source, headers, counted ? Integer.parseInt(second) : 0, after(line, counted ? 2 : 1));
    }

    private static Step.Await await(String source, Map<String, String> metadata, String line) {
        var condition = line.split("\\s+", 3)[1];
        var parts = condition.startsWith("!") ? new String[] {"", condition.substring(1)} : condition.split("=", 2);
        return new Step.Await(source, parts[0], decoded(parts[1]), call(source, metadata, after(line, 2)));
    }

    private static Step.Receive receive(String source, List<String> words) {
        boolean sorted = words.getLast().equals("sorted");
        int count = words.size() > 2 && !words.get(2).equals("sorted") ? Integer.parseInt(words.get(2)) : 1;
        return new Step.Receive(source, words.get(1), count, sorted);
    }

    private static String after(String line, int words) {
        var parts = line.split("\\s+", words + 1);
        return parts.length > words ? parts[words] : "";
    }

    private static Map<String, String> metadata(String text) {
        var metadata = new LinkedHashMap<String, String>();
        for (var pair : text.strip().split("\\s+", -1)) {
            var parts = pair.split("=", 2);
            metadata.put(parts[0], decoded(parts[1]));
        }
        return metadata;
    }

    /// `%20` is a blank, `%FF` the byte 255.
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
    }
}
