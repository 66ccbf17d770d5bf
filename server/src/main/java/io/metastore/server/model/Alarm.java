package io.metastore.server.model;

/// A condition of one member that restricts the whole cluster until it is disarmed.
public record Alarm(MemberId member, Kind kind) {
    /// `number` is the one of etcd's API and of the log.
    public enum Kind {
        NO_SPACE(1),
        CORRUPT(2);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }

        /// The alarm with this number.
        ///
        /// @throws IllegalArgumentException for a number that stands for no alarm
        public static Kind of(int number) {
            return switch (number) {
                case 1 -> NO_SPACE;
                case 2 -> CORRUPT;
                default -> throw new IllegalArgumentException("no alarm has the number " + number);
            };
        }
    }
}
