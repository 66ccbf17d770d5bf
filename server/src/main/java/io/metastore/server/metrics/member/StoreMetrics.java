package io.metastore.server.metrics.member;

import io.metastore.server.metrics.Counter;
import io.metastore.server.metrics.Registry;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.Operation;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Put;
import io.metastore.server.request.Range;
import io.metastore.server.request.Txn;
import java.util.List;

/// What the key space was asked for, counted as etcd's store counts it: each comparison of a transaction is a range,
/// and whoever asks for two things at once is a transaction.
///
///     put a                         →  1 put
///     put a, with what was before   →  1 put, 1 range, 1 txn
///     if a = 1 then put b; get c    →  1 put, 2 ranges, 1 txn
final class StoreMetrics {
    private final Counter puts;
    private final Counter putBytes;
    private final Counter ranges;
    private final Counter deletes;
    private final Counter transactions;

    StoreMetrics(Registry registry) {
        puts = registry.counter("etcd_mvcc_put_total");
        putBytes = registry.counter("etcd_debugging_mvcc_total_put_size_in_bytes");
        ranges = registry.counter("etcd_mvcc_range_total");
        deletes = registry.counter("etcd_mvcc_delete_total");
        transactions = registry.counter("etcd_mvcc_txn_total");
    }

    void read() {
        ranges.increment();
    }

    /// A transaction that was evaluated and changed nothing.
    void read(Txn txn, Outcome outcome) {
        if (outcome instanceof Outcome.TxnDone(var _, var _, var results)) {
            asked(txn.compares().size() + results.size());
            ranges.add(txn.compares().size() + results.size());
        }
    }

    void changed(Put put) {
        asked(count(put));
    }

    void changed(DeleteRange delete) {
        asked(count(delete));
    }

    void changed(Txn txn, Outcome outcome) {
        if (outcome instanceof Outcome.TxnDone(var _, var succeeded, var _)) {
            var compares = txn.compares().size();
            ranges.add(compares);
            asked(compares);
            asked(count(succeeded ? txn.success() : txn.failure()));
        }
    }

    private void asked(int things) {
        if (things > 1) {
            transactions.increment();
        }
    }

    private int count(List<Operation> branch) {
        int things = 0;
        for (var operation : branch) {
            things += switch (operation) {
                case Range _ -> {
                    ranges.increment();
                    yield 1;
                }
                case Put put -> count(put);
                case DeleteRange delete -> count(delete);
                // Its comparisons were made with those of the transaction around it; what it did, nobody tells.
                case Txn _ -> 1;
            };
        }
        return things;
    }

    private int count(Put put) {
        puts.increment();
        putBytes.add(put.key().length() + put.value().length());
        return 1 + look(put.previous() || put.keepValue() || put.keepLease());
    }

    private int count(DeleteRange delete) {
        deletes.increment();
        return 1 + look(delete.previous());
    }

    private int look(boolean wanted) {
        if (!wanted) {
            return 0;
        }
        ranges.increment();
        return 1;
    }
}
