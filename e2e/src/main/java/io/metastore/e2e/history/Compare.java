package io.metastore.e2e.history;

/// A condition of a transaction on one key. An absent key has the numbers 0 and no value that any text
/// compares with.
public sealed interface Compare {
    String key();

    Relation relation();

    record Count(String key, Target target, Relation relation, long operand) implements Compare {}

    record Value(String key, Relation relation, String operand) implements Compare {}

    enum Target {
        VERSION,
        CREATE,
        MOD,
        LEASE
    }

    enum Relation {
        EQUAL,
        NOT_EQUAL,
        GREATER,
        LESS;

        /// Whether it holds.
        ///
        /// @param order as of a comparator: of what the store has with the operand
        public boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
                case GREATER -> order > 0;
                case LESS -> order < 0;
            };
        }
    }

    static Compare modIs(String key, long revision) {
        return new Count(key, Target.MOD, Relation.EQUAL, revision);
    }

    static Compare valueIs(String key, String value) {
        return new Value(key, Relation.EQUAL, value);
    }
}
