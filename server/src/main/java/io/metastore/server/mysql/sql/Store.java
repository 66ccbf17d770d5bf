package io.metastore.server.mysql.sql;

import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import io.metastore.server.node.Credentials;
import io.metastore.server.node.Node;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Range;
import io.metastore.server.request.Reason;
import io.metastore.server.request.Txn;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/// The key space as one user of one connection sees it. Everything here blocks the thread that asks,
/// which is the connection's own.
final class Store {
    private static final int FIRST_PAGE = 64;
    private static final int PAGE = 1024;

    private final Node node;
    private final String user;
    private final Credentials credentials;
    private final Cancellation cancellation;

    Store(Node node, String user, Cancellation cancellation) {
        this.node = node;
        this.user = user;
        this.credentials = new Credentials.User(user);
        this.cancellation = cancellation;
    }

    /// The revision of the newest state.
    ///
    /// @param linearizable whether all that was acknowledged anywhere must be in it
    long snapshot(boolean linearizable) {
        if (linearizable) {
            Optional<Reason> refusal = await(reply -> node.linearizable(Runnable::run, reply));
            refusal.ifPresent(reason -> {
                throw SqlErrors.refused(reason, "SELECT", user);
            });
        }
        return node.revision();
    }

    /// The keys of a range as they were at `revision`, in their order, read as they are asked for.
    Iterator<KeyValue> scan(KeyRange keys, long revision) {
        if (keys.isEmpty()) {
            return List.<KeyValue>of().iterator();
        }
        return new Scan(keys, revision);
    }

    /// How many keys a range had at `revision`.
    long count(KeyRange keys, long revision) {
        return done(node.pages(credentials, at(keys, revision, Range.Detail.COUNT_ONLY))
                        .next(1))
                .count();
    }

    private static Range at(KeyRange keys, long revision, Range.Detail detail) {
        return new Range(keys, 0, revision, Range.Sort.NONE, detail, Range.RevisionBounds.NONE, true);
    }

    private Outcome.RangeDone done(Outcome outcome) {
        return switch (outcome) {
            case Outcome.RangeDone done -> done;
            case Outcome.Refused(var reason) -> throw SqlErrors.refused(reason, "SELECT", user);
            case Outcome.Done other -> throw new IllegalStateException("a read answered with " + other);
        };
    }

    private final class Scan implements Iterator<KeyValue> {
        private final io.metastore.server.node.RangePages pages;
        private Iterator<KeyValue> page = List.<KeyValue>of().iterator();
        private int size = FIRST_PAGE;
        private boolean more = true;

        Scan(KeyRange keys, long revision) {
            this.pages = node.pages(credentials, at(keys, revision, Range.Detail.FULL));
        }

        @Override
        public boolean hasNext() {
            while (!page.hasNext() && more) {
                cancellation.check();
                var next = done(pages.next(size));
                page = next.keyValues().iterator();
                more = next.more();
                size = PAGE;
            }
            return page.hasNext();
        }

        @Override
        public KeyValue next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return page.next();
        }
    }

    /// Makes all changes of a transaction, in one revision, if what it saw is still so.
    ///
    /// @return whether it was
    boolean commit(Txn changes) {
        Outcome outcome = await(reply -> node.executeWithinQuota(credentials, changes, reply));
        return switch (outcome) {
            case Outcome.TxnDone(var _, var succeeded, var _) -> succeeded;
            case Outcome.Refused(var reason) -> throw SqlErrors.refused(reason, "UPDATE", user);
            case Outcome.Done other -> throw new IllegalStateException("a transaction answered with " + other);
        };
    }

    /// What one change may hold.
    int maxRequestBytes() {
        return node.limits().maxRequestBytes();
    }

    private static <T> T await(Consumer<Consumer<T>> request) {
        var answer = new CompletableFuture<T>();
        request.accept(answer::complete);
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new io.metastore.server.mysql.packet.ClosedException();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody answers with an exception", e);
        }
    }
}
