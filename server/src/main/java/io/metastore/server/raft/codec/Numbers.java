package io.metastore.server.raft.codec;

import io.metastore.server.request.Compare.Relation;
import io.metastore.server.request.Range.Detail;
import io.metastore.server.request.Range.Sort;

/// The numbers that stand for choices in the log. They are written out, so that an enum may be reordered but the
/// meaning of an old log never changes.
final class Numbers {
    private Numbers() {}

    static int of(Relation relation) {
        return switch (relation) {
            case EQUAL -> 0;
            case GREATER -> 1;
            case LESS -> 2;
            case NOT_EQUAL -> 3;
        };
    }

    static int of(Sort.Order order) {
        return switch (order) {
            case NONE -> 0;
            case ASCEND -> 1;
            case DESCEND -> 2;
        };
    }

    static int of(Sort.Target target) {
        return switch (target) {
            case KEY -> 0;
            case VERSION -> 1;
            case CREATE -> 2;
            case MOD -> 3;
            case VALUE -> 4;
        };
    }

    static int of(Detail detail) {
        return switch (detail) {
            case FULL -> 0;
            case KEYS_ONLY -> 1;
            case COUNT_ONLY -> 2;
        };
    }

    static Relation relation(int number) {
        for (var relation : Relation.values()) {
            if (of(relation) == number) {
                return relation;
            }
        }
        throw unknown("relation", number);
    }

    static Sort.Order order(int number) {
        for (var order : Sort.Order.values()) {
            if (of(order) == number) {
                return order;
            }
        }
        throw unknown("sort order", number);
    }

    static Sort.Target target(int number) {
        for (var target : Sort.Target.values()) {
            if (of(target) == number) {
                return target;
            }
        }
        throw unknown("sort target", number);
    }

    static Detail detail(int number) {
        for (var detail : Detail.values()) {
            if (of(detail) == number) {
                return detail;
            }
        }
        throw unknown("detail", number);
    }

    private static IllegalArgumentException unknown(String what, int number) {
        return new IllegalArgumentException("no " + what + " has the number " + number);
    }
}
