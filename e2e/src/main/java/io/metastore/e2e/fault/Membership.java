package io.metastore.e2e.fault;

import io.metastore.e2e.wire.MemberView;
import io.metastore.e2e.wire.MemberView.Listed;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Members that come and go. Each step is asked for, of the leader of the moment, until it has happened:
/// what the list of members says is what counts, since an answer may be lost. One thread replaces founders,
/// another one may let the guest come and go.
final class Membership {
    private final Cluster cluster;

    Membership(Cluster cluster) {
        this.cluster = cluster;
    }

    /// Replaces a founder that has lost its data by a new member with the same name and addresses.
    void replace(Node node) throws InterruptedException {
        node.process().kill();
        node.wipe();
        remove(node);
        var members = add(node, false);
        node.belongsTo("existing", initial(node, members));
        cluster.startStopped();
    }

    /// Lets the guest join as a learner.
    void welcome() throws InterruptedException {
        var guest = cluster.guest();
        var members = add(guest, true);
        guest.wipe();
        guest.belongsTo("existing", initial(guest, members));
        guest.process().start();
        Cluster.awaitReady(guest);
    }

    /// Lets the guest vote.
    void promote() throws InterruptedException {
        var guest = cluster.guest();
        Cluster.await("the promotion of the guest", () -> {
            listed(guest).filter(Listed::learner).ifPresent(member -> tell(view -> view.promote(member.id())));
            return listed(guest).filter(member -> !member.learner()).isPresent();
        });
    }

    /// Lets the guest go, if it is there.
    void dismiss() throws InterruptedException {
        remove(cluster.guest());
        cluster.guest().process().close();
        cluster.guest().wipe();
    }

    private void remove(Node node) throws InterruptedException {
        Cluster.await("the removal of " + node.name(), () -> {
            listed(node).ifPresent(member -> tell(view -> view.remove(member.id())));
            return list().filter(members -> members.stream().noneMatch(is(node)))
                    .isPresent();
        });
    }

    private List<Listed> add(Node node, boolean learner) throws InterruptedException {
        Cluster.await("the addition of " + node.name(), () -> {
            if (listed(node).isEmpty()) {
                tell(view -> {
                    var _ = view.add(node.peerUrl(), learner);
                });
            }
            return listed(node).isPresent();
        });
        Cluster.await("the list of members", () -> list().isPresent());
        return list().orElseThrow(() -> new Broken("no list of members"));
    }

    private Optional<Listed> listed(Node node) {
        return list().stream().flatMap(List::stream).filter(is(node)).findFirst();
    }

    private static Predicate<Listed> is(Node node) {
        return member -> member.peerUrl().equals(node.peerUrl());
    }

    private Optional<List<Listed>> list() {
        return ask(MemberView::members);
    }

    private void tell(java.util.function.Consumer<MemberView> order) {
        var _ = ask(view -> {
            order.accept(view);
            return true;
        });
    }

    private <T> Optional<T> ask(Function<MemberView, T> question) {
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
