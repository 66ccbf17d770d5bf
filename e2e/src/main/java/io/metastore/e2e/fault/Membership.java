package io.metastore.e2e.fault;

import io.metastore.e2e.wire.MemberView;
import io.metastore.e2e.wire.MemberView.Listed;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Members that come and go. Each step is asked for until it has happened: what the list of members says is
/// what counts, since an answer may be lost.
final class Membership {
    private final Cluster cluster;

    Membership(Cluster cluster) {
        this.cluster = cluster;
    }

    /// Replaces a member that has lost its data by a new one with the same name and addresses.
    void replace(Node node, Node helper) throws InterruptedException {
        node.process().kill();
        node.wipe();
        var id = id(node, helper);
        Cluster.await("the removal of " + node.name(), () -> gone(id, helper));
        var members = add(node, helper, false);
        node.belongsTo("existing", initial(node, members));
        cluster.startStopped();
    }

    /// Lets the guest join; returns its id.
    long addLearner(Node helper) throws InterruptedException {
        var guest = cluster.guest();
        var members = add(guest, helper, true);
        guest.wipe();
        guest.belongsTo("existing", initial(guest, members));
        guest.process().start();
        Cluster.awaitReady(guest);
        return members.stream()
                .filter(member -> member.peerUrl().equals(guest.peerUrl()))
                .findFirst()
                .orElseThrow()
                .id();
    }

    void promote(long id) throws InterruptedException {
        Cluster.await("the promotion of the guest", () -> {
            var _ = ask(view -> {
                view.promote(id);
                return true;
            });
            return list().stream().anyMatch(member -> member.id() == id && !member.learner());
        });
    }

    /// Removes the guest and its data.
    void remove(long id) throws InterruptedException {
        Cluster.await("the removal of the guest", () -> {
            var _ = ask(view -> {
                view.remove(id);
                return true;
            });
            var now = list();
            return !now.isEmpty() && now.stream().noneMatch(member -> member.id() == id);
        });
        cluster.guest().process().close();
        cluster.guest().wipe();
    }

    private boolean gone(long id, Node helper) {
        var _ = cluster.ask(helper, view -> {
            view.remove(id);
            return true;
        });
        var now = cluster.ask(helper, MemberView::members);
        return now.isPresent() && now.get().stream().noneMatch(member -> member.id() == id);
    }

    private long id(Node node, Node helper) throws InterruptedException {
        Cluster.await(
                "the list of members",
                () -> cluster.ask(helper, MemberView::members).isPresent());
        return cluster.ask(helper, MemberView::members).stream()
                .flatMap(List::stream)
                .filter(member -> member.peerUrl().equals(node.peerUrl()))
                .findFirst()
                .orElseThrow(() -> new Broken(node.name() + " is not in the list of members"))
                .id();
    }

    private List<Listed> add(Node node, Node helper, boolean learner) throws InterruptedException {
        Cluster.await("the addition of " + node.name(), () -> {
            if (listed(node, helper).isPresent()) {
                return true;
            }
            var _ = cluster.ask(helper, view -> view.add(node.peerUrl(), learner));
            return listed(node, helper).isPresent();
        });
        return cluster.ask(helper, MemberView::members).orElseThrow(() -> new Broken("no list of members"));
    }

    private Optional<Listed> listed(Node node, Node helper) {
        return cluster.ask(helper, MemberView::members).stream()
                .flatMap(List::stream)
                .filter(member -> member.peerUrl().equals(node.peerUrl()))
                .findFirst();
    }

    private List<Listed> list() {
        return ask(MemberView::members).orElse(List.of());
    }

    private <T> Optional<T> ask(java.util.function.Function<MemberView, T> question) {
        return cluster.ask(cluster.leader(), question);
    }

    /// As `etcdctl member add` prints it: a new member is in the list without a name.
    private static String initial(Node added, List<Listed> members) {
        return members.stream()
                .map(member -> (member.peerUrl().equals(added.peerUrl()) ? added.name() : member.name()) + "="
                        + member.peerUrl())
                .collect(Collectors.joining(","));
    }
}
