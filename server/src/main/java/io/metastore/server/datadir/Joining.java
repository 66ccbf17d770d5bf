package io.metastore.server.datadir;

import io.metastore.server.config.Bootstrap;
import io.metastore.server.config.ConfigException;
import io.metastore.server.config.SameUrls;
import io.metastore.server.config.Url;
import io.metastore.server.datadir.ExistingCluster.Answer;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Finds out which of the members of a running cluster this one is, by its peer URLs: it must have been
/// added before.
///
/// Source: the start of a member with `--initial-cluster-state existing` in etcd 3.7, whose words the
/// refusals begin with.
record Joining(Bootstrap bootstrap, String name, Surroundings surroundings) {
    /// Members apply one after the other that this one was added.
    private static final int ROUNDS = 10;

    /// This member's place in the cluster that it joins.
    record Place(long clusterId, MemberId member, boolean learner) {}

    /// @throws ConfigException when the cluster does not know this member, or nobody answers
    Place find() {
        var refusal = "cannot fetch cluster info from peer urls: could not retrieve cluster information from the given "
                + "URLs (" + bootstrap + "). Name the running members in --initial-cluster";
        for (int round = 0; round < ROUNDS; round++) {
            for (var answer : surroundings.cluster().ask(others())) {
                var refused = refusal(answer);
                if (refused.isEmpty()) {
                    var self = self(answer).orElseThrow();
                    return new Place(answer.clusterId(), self.id(), self.learner());
                }
                refusal = refused.get();
            }
        }
        throw new ConfigException(refusal);
    }

    private List<Url> others() {
        var others = new ArrayList<Url>();
        bootstrap.members().forEach((member, urls) -> {
            if (!member.equals(name)) {
                others.addAll(urls);
            }
        });
        return others;
    }

    private Optional<String> refusal(Answer answer) {
        var about = "error validating peerURLs: ";
        int known = answer.members().size();
        int named = bootstrap.members().size();
        if (known != named) {
            return Optional.of(about + "member count is unequal: --initial-cluster names " + named
                    + ", the cluster has " + known
                    + ". Add this member with \"etcdctl member add\" first, and start it "
                    + "with what that prints");
        }
        for (var member : answer.members()) {
            if (!isNamed(member)) {
                return Optional.of(about + "no match found for existing member (" + member.id() + ", "
                        + member.peerUrls() + ") in --initial-cluster=" + bootstrap);
            }
        }
        var self = self(answer);
        if (self.isEmpty()) {
            return Optional.of(about + "no member of the cluster has the URLs of \"" + name + "\"");
        }
        return self.filter(Member::isStarted)
                .map(member -> "member " + member.id() + " has been started before, and its directory is empty. "
                        + Origin.NEW_MEMBER);
    }

    private Optional<Member> self(Answer answer) {
        var own = bootstrap.members().getOrDefault(name, List.of());
        return answer.members().stream()
                .filter(member -> isSameText(member, own))
                .findFirst()
                .or(() -> answer.members().stream()
                        .filter(member -> isSamePlace(member, own))
                        .findFirst());
    }

    /// Names are looked up only for what no text matches.
    private boolean isNamed(Member member) {
        var named = bootstrap.members().values();
        return named.stream().anyMatch(urls -> isSameText(member, urls))
                || named.stream().anyMatch(urls -> isSamePlace(member, urls));
    }

    private static boolean isSameText(Member member, List<Url> urls) {
        return new HashSet<>(member.peerUrls())
                .equals(new HashSet<>(urls.stream().map(Url::toString).toList()));
    }

    private boolean isSamePlace(Member member, List<Url> urls) {
        var known = member.peerUrls().stream().map(Url::parse).toList();
        return new SameUrls(surroundings.hosts()).difference(known, urls).isEmpty();
    }
}
