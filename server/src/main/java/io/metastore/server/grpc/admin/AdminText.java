package io.metastore.server.grpc.admin;

import io.metastore.proto.admin.v1.ChangeResponse;
import io.metastore.proto.admin.v1.MemberStatus;
import io.metastore.proto.admin.v1.MembershipResponse;
import io.metastore.proto.admin.v1.PendingChange;
import io.metastore.proto.admin.v1.PrepareStopResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Answers for people. What is not known is a dash.
record AdminText(MembershipResponse cluster) {
    private static final String UNKNOWN = "-";
    private static final List<String> HEAD = List.of(
            "ID", "NAME", "ROLE", "STATE", "MATCH", "LAG", "CONTACT", "LOG", "DB", "FREE", "VERSION", "ENGINE",
            "PEERS");
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    String members() {
        var lines = new ArrayList<String>();
        lines.add("version " + cluster.getVersion() + (cluster.getConfirmed() ? "" : " (no majority confirmed it)")
                + ", term " + cluster.getTerm() + ", commit index "
                + (cluster.hasCommitIndex() ? cluster.getCommitIndex() : UNKNOWN) + ", cluster "
                + Long.toHexString(cluster.getClusterId()) + " at release " + cluster.getClusterVersion());
        if (cluster.hasPending()) {
            lines.add("pending: " + pending(cluster.getPending()));
        }
        lines.add(TextTable.of(
                HEAD, cluster.getMembersList().stream().map(this::cells).toList()));
        return String.join("\n", lines);
    }

    private String pending(PendingChange pending) {
        var who = new MemberNames(cluster);
        return pending.getKind().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
                + pending.getMemberIdsList().stream().map(who::text).collect(Collectors.joining(", ", " ", ""));
    }

    private List<String> cells(MemberStatus member) {
        return List.of(
                Long.toHexString(member.getId()),
                member.getName().isEmpty() ? UNKNOWN : member.getName(),
                role(member),
                state(member),
                member.hasMatchIndex() ? String.valueOf(member.getMatchIndex()) : UNKNOWN,
                member.hasLagEntries() ? String.valueOf(member.getLagEntries()) : UNKNOWN,
                member.hasLastContactMillis() ? member.getLastContactMillis() + " ms" : UNKNOWN,
                member.hasLogBytes() ? size(member.getLogBytes()) : UNKNOWN,
                member.hasDbBytes() ? size(member.getDbBytes()) : UNKNOWN,
                member.hasFreeBytes() ? size(member.getFreeBytes()) : UNKNOWN,
                member.hasVersion() ? member.getVersion() : UNKNOWN,
                member.hasEngine() ? member.getEngine() : UNKNOWN,
                String.join(",", member.getPeerUrlsList()));
    }

    private static String role(MemberStatus member) {
        return switch (member.getRole()) {
            case ROLE_VOTER -> "voter";
            case ROLE_LEARNER -> "learner";
            case ROLE_WITNESS -> "witness";
            case ROLE_UNSPECIFIED, UNRECOGNIZED -> UNKNOWN;
        };
    }

    private String state(MemberStatus member) {
        if (!member.getStarted()) {
            return "not started";
        }
        if (member.getId() == cluster.getLeaderId() && member.getReachable()) {
            return "leader";
        }
        if (member.getHealthy()) {
            return "healthy";
        }
        return member.getReachable() ? "reachable" : "silent";
    }

    /// As in `1.5 kB`; two digits at least, thousand by thousand.
    private static String size(long bytes) {
        int unit = 0;
        double rest = bytes;
        while (rest >= 1000) {
            rest /= 1000;
            unit++;
        }
        return (unit == 0 || rest >= 10 ? "%.0f %s" : "%.1f %s").formatted(rest, UNITS[unit]);
    }

    static String changed(String what, ChangeResponse answer) {
        return new MemberNames(answer.getMembersList()).text(answer.getMemberId()) + " was " + what
                + ", the version is " + answer.getVersion() + " now";
    }

    /// Of a member that is to be started.
    static String came(String what, ChangeResponse answer) {
        var cluster = answer.getMembersList().stream()
                .map(member -> peers(member, member.getId() == answer.getMemberId()))
                .collect(Collectors.joining(","));
        return changed(what, answer) + "\nstart it with --name=NAME --initial-cluster-state=existing --initial-cluster="
                + cluster;
    }

    private static String peers(MemberStatus member, boolean isNew) {
        var name = isNew ? "NAME" : member.getName();
        return member.getPeerUrlsList().stream().map(url -> name + "=" + url).collect(Collectors.joining(","));
    }

    static String stop(MemberNames who, PrepareStopResponse answer) {
        var leader = answer.getLeaderId() == 0 ? "nobody leads" : who.text(answer.getLeaderId()) + " leads";
        return who.text(answer.getId()) + (answer.getQuorumSurvives() ? " may stop: " : " is needed: ")
                + answer.getAnswering()
                + " of " + answer.getVoters() + " voters answer without it, " + answer.getNeeded() + " are needed; "
                + leader;
    }
}
