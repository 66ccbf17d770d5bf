package io.metastore.e2e.fault;

import io.metastore.e2e.wire.MemberView;
import io.metastore.e2e.wire.MemberView.Listed;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Members that come and go. Each step is asked for, of the leader of the moment, until it has
/// happened: what the list of members says is what counts, since an answer may be lost. One thread
/// replaces founders, another one may let the guest come and go.
final class Membership {
    private final Cluster cluster;

    Membership(Cluster cluster) {
        this.cluster = cluster;
    }

    /// Replaces a founder that has lost its data by a new member with the same name and addresses.
    ///
    /// @param lost what is done once the data are lost
    void replace(Node node, Meanwhile lost) throws InterruptedException {
        node.process().kill();
        node.wipe();
        lost.begin();
        remove(node);
        add(node, false);
        join(node);
    }

    /// The guest comes, votes and goes, step by step.
    List<Meanwhile.Task> visit() {
        return List.of(this::welcome, this::promote, this::dismiss);
    }

    /// Lets the guest join as a learner.
    void welcome() throws InterruptedException {
        add(cluster.guest(), true);
        join(cluster.guest());
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

    private void add(Node node, boolean learner) throws InterruptedException {
        Cluster.await("the addition of " + node.name(), () -> {
            if (listed(node).isEmpty()) {
                tell(view -> {
                    var _ = view.add(node.peerUrl(), learner);
                });
            }
            return listed(node).isPresent();
        });
    }

    /// Starts a member that was added, with the list of members. Who is started with another one is
    /// refused, as by etcd: if a change came in between, it is started again with the list after that.
    private void join(Node node) throws InterruptedException {
        var joined = false;
        while (!joined) {
            var members = members();
            node.wipe();
            node.belongsTo("existing", initial(members));
            node.process().start();
            joined = isReady(node, members);
        }
    }

    private boolean isReady(Node node, List<Listed> members) throws InterruptedException {
        try {
            Cluster.awaitReady(node);
            return true;
        } catch (Broken e) {
            if (ids(members()).equals(ids(members))) {
                throw e;
            }
            node.process().close();
            return false;
        }
    }

    private static Set<Long> ids(List<Listed> members) {
        return members.stream().map(Listed::id).collect(Collectors.toSet());
    }

    private List<Listed> members() throws InterruptedException {
        var found = new AtomicReference<Optional<List<Listed>>>(Optional.empty());
        Cluster.await("the list of members", () -> {
            found.set(list());
            return found.get().isPresent();
        });
        return found.get().orElseThrow();
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

    /// As `etcdctl member add` prints it, with the names of those too that have not been started yet.
    private String initial(List<Listed> members) {
        return members.stream()
                .flatMap(member -> cluster.all().stream()
                        .filter(node -> is(node).test(member))
                        .map(node -> node.name() + "=" + node.peerUrl()))
                .collect(Collectors.joining(","));
    }
}
