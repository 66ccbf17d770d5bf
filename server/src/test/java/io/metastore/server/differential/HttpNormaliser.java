package io.metastore.server.differential;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Makes lines of JSON equal on any two servers that behave alike, as `Normaliser` does with messages; it works on the
/// text, so that spaces and the order of fields show too.
final class HttpNormaliser {
    private static final int LONG = 300;

    /// The first group names the field, the second is its value.
    private static final Pattern FIELD =
            Pattern.compile("\"(" + String.join("|", kinds().keySet()) + ")\":(\"?[0-9]+\"?)");

    private static final Pattern URLS = Pattern.compile("\"(peerURLs|clientURLs)\":\\[[^\\]]*\\]");
    private static final Pattern MEMBER_IN_TEXT = Pattern.compile("memberID:([0-9]+)");

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
        var plain = URLS.matcher(FIELD.matcher(line).replaceAll(this::value)).replaceAll("\"$1\":[\"URL\"]");
        var settled =
                MEMBER_IN_TEXT.matcher(plain).replaceAll(found -> "memberID:" + ordinal("MEMBER", found.group(1)));
        return settled.length() > LONG ? settled.substring(0, LONG) + "… (" + settled.length() + ")" : settled;
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
