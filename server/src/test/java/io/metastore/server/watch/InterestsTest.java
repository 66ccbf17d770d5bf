package io.metastore.server.watch;

import static io.metastore.server.watch.WatchedStore.key;
import static io.metastore.server.watch.WatchedStore.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterestsTest {
    private final Interests<String> interests = new Interests<>();

    @Test
    void aKeyFindsThoseOfTheKeyAndOfRangesAroundIt() {
        interests.add(key("b"), "b");
        interests.add(key("b"), "b too");
        interests.add(key("c"), "c");
        interests.add(range("a", "c"), "a-c");

        assertThat(found("a")).containsExactly("a-c");
        assertThat(found("b")).containsExactlyInAnyOrder("b", "b too", "a-c");
        assertThat(found("c")).containsExactly("c");
        assertThat(found("d")).isEmpty();
    }

    @Test
    void whatWasRemovedIsNotFoundAndLeavesNothingBehind() {
        interests.add(key("b"), "b");
        interests.add(key("b"), "b too");
        interests.add(range("a", "c"), "a-c");
        interests.remove(key("b"), "b");
        interests.remove(key("x"), "never added");
        interests.remove(range("a", "x"), "never added");

        assertThat(found("b")).containsExactlyInAnyOrder("b too", "a-c");

        interests.remove(key("b"), "b too");
        interests.remove(range("a", "c"), "a-c");

        assertThat(interests.isEmpty()).isTrue();
    }

    @Test
    void allEntriesAreVisitedOnce() {
        interests.add(key("b"), "b");
        interests.add(range("a", "c"), "a-c");
        interests.add(range("a", ""), "from a");
        var all = new ArrayList<String>();
        interests.forEach(all::add);

        assertThat(all).containsExactlyInAnyOrder("b", "a-c", "from a");
    }

    private List<String> found(String key) {
        var found = new ArrayList<String>();
        interests.visit(Bytes.utf8(key), found::add);
        return found;
    }
}
