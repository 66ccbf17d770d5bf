package io.metastore.server.datadir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.config.Bootstrap;
import io.metastore.server.config.ConfigException;
import io.metastore.server.config.Url;
import io.metastore.server.datadir.ExistingCluster.Answer;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoiningTest {
    private static final String CLUSTER = "a=http://a:1,b=http://b:1,b=http://b:2";
    private static final Member A = member(1, "a", "http://a:1");
    private static final Member B = member(2, "", "http://b:1", "http://b:2");

    private final List<List<Url>> asked = new ArrayList<>();

    @Test
    void aMemberThatWasAddedFindsItsIdByItsUrls() {
        var place = join(CLUSTER, answer(A, B));

        assertThat(place).isEqualTo(new Joining.Place(7, new MemberId(2), false));
        assertThat(asked).containsExactly(List.of(Url.parse("http://a:1")));
    }

    @Test
    void anAddressMayStandInPlaceOfAName() {
        assertThat(join("a=http://127.0.0.1:1,b=http://b:1,b=http://b:2", answer(A, B))
                        .member())
                .isEqualTo(new MemberId(2));
    }

    @Test
    void aLearnerLearnsThatItIsOne() {
        var learner = Member.unstarted(new MemberId(2), B.peerUrls(), true);

        assertThat(join(CLUSTER, answer(A, learner)).learner()).isTrue();
    }

    @Test
    void aMemberThatWasNotAddedIsRefusedWithEtcdsWordsAndWhatToDo() {
        assertThatThrownBy(() -> join(CLUSTER, answer(A)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("error validating peerURLs: member count is unequal")
                .hasMessageContaining("etcdctl member add");
    }

    @Test
    void otherUrlsThanThoseOfTheClusterAreRefused() {
        assertThatThrownBy(() -> join("a=http://x:1,b=http://b:1,b=http://b:2", answer(A, B)))
                .hasMessageContaining("no match found for existing member (1, [http://a:1])");
        assertThatThrownBy(() -> join("a=http://a:1,b=http://b:1", answer(A, B)))
                .hasMessageContaining("no match found for existing member (2, [http://b:1, http://b:2])");
    }

    @Test
    void aMemberThatHasRunBeforeDoesNotComeBackWithoutItsDisk() {
        assertThatThrownBy(() -> join(CLUSTER, answer(A, member(2, "b", "http://b:1", "http://b:2"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("member 2 has been started before")
                .hasMessageContaining("add a new member");
    }

    @Test
    void oneThatKnowsIsEnough() {
        assertThat(join(CLUSTER, answer(A), answer(A, B)).member()).isEqualTo(new MemberId(2));
    }

    @Test
    void itAsksAgainSinceMembersHearOneAfterTheOther() {
        var rounds = new ArrayDeque<>(List.of(List.<Answer>of(), List.of(answer(A)), List.of(answer(A, B))));

        assertThat(joining(CLUSTER, _ -> rounds.remove()).find().member()).isEqualTo(new MemberId(2));
    }

    @Test
    void whenNobodyAnswersItSaysSo() {
        assertThatThrownBy(() -> join(CLUSTER))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("cannot fetch cluster info from peer urls: could not retrieve cluster "
                        + "information from the given URLs");
    }

    private Joining.Place join(String cluster, Answer... answers) {
        return joining(cluster, places -> {
                    asked.add(places);
                    return Arrays.asList(answers);
                })
                .find();
    }

    private static Joining joining(String cluster, ExistingCluster existing) {
        var bootstrap =
                new Bootstrap(Bootstrap.parseMembers(cluster), Bootstrap.State.EXISTING, Bootstrap.DEFAULT_TOKEN);
        return new Joining(bootstrap, "b", new Surroundings(existing, JoiningTest::address));
    }

    private static InetAddress address(String host) throws UnknownHostException {
        if (host.equals("a") || host.equals("127.0.0.1")) {
            return InetAddress.getLoopbackAddress();
        }
        throw new UnknownHostException(host);
    }

    private static Answer answer(Member... members) {
        return new Answer(7, List.of(members));
    }

    private static Member member(long id, String name, String... urls) {
        return new Member(new MemberId(id), name, List.of(urls), List.of(), false);
    }
}
