package io.metastore.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemberIdsTest {
    @Test
    void anAddedMemberHasTheIdThatEtcdGaveItInThatSecond() {
        assertThat(MemberIds.added(List.of("http://127.0.0.1:23801"), 1_795_411_530L))
                .hasToString("7c3871916e5e528f");
        assertThat(MemberIds.added(List.of("http://127.0.0.1:23805"), 1_795_411_542L))
                .hasToString("52a24ab3a2e61d1b");
    }

    @Test
    void aFounderHasTheIdThatEtcdGivesIt() {
        assertThat(MemberIds.founder(List.of("http://localhost:2380"), "etcd-cluster"))
                .hasToString("8e9e05c52164694d");
    }

    @Test
    void theOrderOfTheUrlsDoesNotMatter() {
        assertThat(MemberIds.added(List.of("http://b:1", "http://a:1"), 5))
                .isEqualTo(MemberIds.added(List.of("http://a:1", "http://b:1"), 5))
                .isNotEqualTo(MemberIds.added(List.of("http://a:1", "http://b:1"), 6));
    }
}
