package io.metastore.server.differential;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Makes lines of JSON equal on any two servers that behave alike, as `Normaliser` does with messages; it works on the
/// text, so that spaces and the order of fields show too.
final class HttpNormaliser {
    private static final int LONG = 300;

    /// The first group names the field, the second is its value.
    private static final Pattern FIELD =
            Pattern.compile("\"(" + String.join("|", kinds().keySet()) + ")\":(\"?[0-9]+\"?)");

    private static final Pattern URLS = Pattern.compile("\"(peerURLs|clientURLs)\":\\[[^\\]]*\\]");
    private static final Pattern MEMBER_IN_TEXT = Pattern.compile("memberID:([0-9]+)");

    private static final Pattern MEMBERS = Pattern.compile("\"members\":\\[(.*)\\]");
    private static final Pattern MEMBER = Pattern.compile("\\{[^{}]*\\}");
    private static final Pattern REMAINING = Pattern.compile("\"TTL\":\"([0-9]+)\",( ?)\"grantedTTL\":\"([0-9]+)\"");
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"[^\"]*\"");

    private final Map<String, Map<String, Integer>> seen = new HashMap<>();

    private enum Kind {
        CLUSTER,
        MEMBER,
        LEASE,
        HASH,
        PRESENT
    }

    private static Map<String, Kind> kinds() {
        var members = List.of("member_id", "leader", "memberID");
        var present = List.of("raft_term", "dbSize", "dbSizeInUse", "raftIndex", "raftTerm", "raftAppliedIndex");
        var kinds = new HashMap<String, Kind>();
        members.forEach(field -> kinds.put(field, Kind.MEMBER));
        present.forEach(field -> kinds.put(field, Kind.PRESENT));
        kinds.putAll(Map.of("cluster_id", Kind.CLUSTER, "lease", Kind.LEASE, "ID", Kind.LEASE, "hash", Kind.HASH));
        return kinds;
    }

    String line(String line) {
        var located = URLS.matcher(line).replaceAll("\"$1\":[\"URL\"]");
        var ordered = MEMBERS.matcher(located).replaceAll(HttpNormaliser::sorted);
        var lasting = REMAINING.matcher(ordered).replaceAll(HttpNormaliser::granted);
        var plain = FIELD.matcher(lasting).replaceAll(this::value);
        var settled = MEMBER_IN_TEXT
                .matcher(TOKEN.matcher(plain).replaceAll("\"token\":\"TOKEN\""))
                .replaceAll(found -> "memberID:" + ordinal("MEMBER", found.group(1)));
        return settled.length() > LONG ? settled.substring(0, LONG) + "… (" + settled.length() + ")" : settled;
    }

    /// Members come in the order of their ids, which are chosen by the servers: here in that of their names.
    private static String sorted(MatchResult found) {
        var separator = found.group(1).contains("}, {") ? ", " : ",";
        return MEMBER.matcher(found.group(1))
                .results()
                .map(MatchResult::group)
                .sorted(Comparator.comparing(member -> member.replaceAll("\"ID\":\"[0-9]+\"", "")))
                .collect(Collectors.joining(separator, "\"members\":[", "]"));
    }

    /// As `Normaliser` tells a remaining TTL.
    private static String granted(MatchResult found) {
        long left = Long.parseLong(found.group(1));
        long granted = Long.parseLong(found.group(3));
        long shown = left > 0 && left >= granted - Math.max(3, granted / 10) ? granted : left;
        return "\"TTL\":\"" + shown + "\"," + found.group(2) + "\"grantedTTL\":\"" + granted + "\"";
    }

    private String value(MatchResult found) {
        var digits = found.group(2).replace("\"", "");
        boolean chosenByServer = digits.length() > 9;
        var kind = kinds().getOrDefault(found.group(1), Kind.PRESENT);
        var shown = switch (kind) {
            case CLUSTER, MEMBER, HASH -> Integer.toString(ordinal(kind.name(), digits));
            case LEASE -> chosenByServer ? "lease " + ordinal("LEASE", digits) : digits;
            case PRESENT -> "1";
        };
        return "\"" + found.group(1) + "\":" + found.group(2).replace(digits, shown);
    }

    private int ordinal(String kind, String id) {
        var ids = seen.computeIfAbsent(kind, _ -> new HashMap<>());
        return ids.computeIfAbsent(id, _ -> ids.size() + 1);
    }
}
