package io.metastore.server.mysql.sql;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Rows one after the other, so that none but the one that is sent is kept.
final class Iterators {
    private Iterators() {}

    static <T> Iterator<T> filtered(Iterator<T> source, Predicate<T> wanted) {
        return new Looking<>(() -> {
            while (source.hasNext()) {
                var next = source.next();
                if (wanted.test(next)) {
                    return Optional.of(next);
                }
            }
            return Optional.empty();
        });
    }

    static <S, T> Iterator<T> mapped(Iterator<S> source, Function<S, T> change) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return source.hasNext();
            }

            @Override
            public T next() {
                return change.apply(source.next());
            }
        };
    }

    /// One after the other, each opened when it is its turn.
    static <S, T> Iterator<T> flat(Iterator<S> sources, Function<S, Iterator<T>> open) {
        return new Looking<>(new Looking.Source<T>() {
            private Iterator<T> now = List.<T>of().iterator();

            @Override
            public Optional<T> next() {
                while (!now.hasNext() && sources.hasNext()) {
                    now = open.apply(sources.next());
                }
                return now.hasNext() ? Optional.of(now.next()) : Optional.empty();
            }
        });
    }

    static <T> Iterator<T> limited(Iterator<T> source, long offset, long count) {
        return new Looking<>(new Looking.Source<T>() {
            private long skip = offset;
            private long left = count;

            @Override
            public Optional<T> next() {
                while (left > 0 && skip > 0 && source.hasNext()) {
                    source.next();
                    skip--;
                }
                if (left <= 0 || !source.hasNext()) {
                    return Optional.empty();
                }
                left--;
                return Optional.of(source.next());
            }
        });
    }

    private static final class Looking<T> implements Iterator<T> {
        private final Source<T> source;
        private Optional<T> ahead = Optional.empty();
        private boolean ended;

        private interface Source<T> {
            Optional<T> next();
        }

        Looking(Source<T> source) {
            this.source = source;
        }

        @Override
        public boolean hasNext() {
            if (ahead.isEmpty() && !ended) {
                ahead = source.next();
                ended = ahead.isEmpty();
            }
            return ahead.isPresent();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            var next = ahead.orElseThrow();
            ahead = Optional.empty();
            return next;
        }
    }
}
