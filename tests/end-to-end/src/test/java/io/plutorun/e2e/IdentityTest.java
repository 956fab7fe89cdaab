package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.Ids;
import io.plutorun.e2e.programs.SameId;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which run a call means: the table of docs/resume-and-restarts.md, cell by cell. On the server there is one run, number 1, displayed as IDS-1, with the
 * external id "job", in the project "ids"; it has failed.
 */
class IdentityTest {

    private static FakePluto pluto() {
        FakePluto pluto = FakePluto.start();
        pluto.seedRun("ids", "old", seed -> seed.externalId("job").status(RunStatus.FAILED));
        return pluto;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # variable         | id    | resume | request                                          | the call
            PLUTO_TAGS         | none  | allow  | create (random) in ids                           | started IDS-2
            PLUTO_EXTERNAL_ID  | job   | allow  | create job in ids                                | resumed IDS-1
            PLUTO_EXTERNAL_ID  | new   | allow  | create new in ids                                | started IDS-2
            PLUTO_EXTERNAL_ID  | job   | must   | resume {"externalId":"job","projectName":"ids"}  | resumed IDS-1
            PLUTO_DISPLAY_ID   | IDS-1 | allow  | resume {"displayId":"IDS-1","projectName":"ids"} | resumed IDS-1
            PLUTO_DISPLAY_ID   | IDS-1 | must   | resume {"displayId":"IDS-1","projectName":"ids"} | resumed IDS-1
            PLUTO_RUN_ID       | 1     | allow  | resume {"runId":1}                               | resumed IDS-1
            PLUTO_RUN_ID       | 1     | must   | resume {"runId":1}                               | resumed IDS-1
            PLUTO_RUN_ID       | IDS-1 | allow  | resume {"displayId":"IDS-1","projectName":"ids"} | resumed IDS-1
            PLUTO_RUN_ID       | IDS-1 | must   | resume {"displayId":"IDS-1","projectName":"ids"} | resumed IDS-1
            PLUTO_RUN_ID       | job   | allow  | create job in ids                                | resumed IDS-1
            PLUTO_RUN_ID       | new   | allow  | create new in ids                                | started IDS-2
            PLUTO_RUN_ID       | job   | must   | resume {"externalId":"job","projectName":"ids"}  | resumed IDS-1
            """)
    void an_id_from_the_environment_names_the_run(
            String variable, String id, String resume, String request, String told) {
        try (FakePluto pluto = pluto()) {
            Result result = Program.of(Ids.class, "none")
                    .against(pluto)
                    .env(variable, id)
                    .env("PLUTO_RESUME", resume)
                    .run();

            String displayId = told.substring(told.indexOf(' ') + 1);
            FakeRun run = pluto.findRun(displayId).orElseThrow();
            assertThat(Requests.starts(pluto)).containsExactly(request);
            assertThat(result.stdout().strip()).isEqualTo(told);
            assertThat(pluto.runs()).hasSize(told.startsWith("resumed") ? 1 : 2);
            assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(run.timesResumed()).isEqualTo(told.startsWith("resumed") ? 1 : 0);
            assertThat(result.agentLines()).hasSize(2);
            assertThat(result.agentLines().get(0))
                    .startsWith("pluto: run " + displayId + told.replaceAll("(\\w+) .*", " $1") + ": " + run.url())
                    .endsWith(told.startsWith("resumed") ? " id \"" + id + "\" from " + variable + ")" : run.url());
            assertThat(result.agentLines().get(1)).startsWith("pluto: run " + displayId + " COMPLETED after ");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # variable        | id     | resume | request                                           | of the line
            PLUTO_EXTERNAL_ID | new    | must   | resume {"externalId":"new","projectName":"ids"}   | external id "new" (PLUTO_EXTERNAL_ID) in project "ids" (the annotation's project)
            PLUTO_DISPLAY_ID  | IDS-77 | allow  | resume {"displayId":"IDS-77","projectName":"ids"} | display id "IDS-77" (PLUTO_DISPLAY_ID) in project "ids" (the annotation's project)
            PLUTO_DISPLAY_ID  | IDS-77 | must   | resume {"displayId":"IDS-77","projectName":"ids"} | display id "IDS-77" (PLUTO_DISPLAY_ID) in project "ids" (the annotation's project)
            PLUTO_RUN_ID      | 77     | allow  | resume {"runId":77}                               | run id "77" (PLUTO_RUN_ID)
            PLUTO_RUN_ID      | 77     | must   | resume {"runId":77}                               | run id "77" (PLUTO_RUN_ID)
            PLUTO_RUN_ID      | IDS-77 | allow  | resume {"displayId":"IDS-77","projectName":"ids"} | display id "IDS-77" (PLUTO_RUN_ID) in project "ids" (the annotation's project)
            PLUTO_RUN_ID      | IDS-77 | must   | resume {"displayId":"IDS-77","projectName":"ids"} | display id "IDS-77" (PLUTO_RUN_ID) in project "ids" (the annotation's project)
            PLUTO_RUN_ID      | new    | must   | resume {"externalId":"new","projectName":"ids"}   | external id "new" (PLUTO_RUN_ID) in project "ids" (the annotation's project)
            """)
    void an_id_from_the_environment_that_no_run_has_leaves_the_call_untracked(
            String variable, String id, String resume, String request, String asked) {
        try (FakePluto pluto = pluto()) {
            Result result = Program.of(Ids.class, "none")
                    .against(pluto)
                    .env(variable, id)
                    .env("PLUTO_RESUME", resume)
                    .run();

            assertThat(Requests.starts(pluto)).containsExactly(request);
            assertThat(result.stdout().strip()).isEqualTo("untracked");
            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.FAILED);
            assertThat(result.agentLines())
                    .containsExactly("pluto: Ids.none runs untracked: there is no run with " + asked
                            + " (404 Run not found); check the id, the project and the key's organization");
        }
    }

    @Test
    void ids_from_the_annotation_name_the_run() {
        try (FakePluto pluto = pluto()) {
            Result result = Program.of(
                            Ids.class,
                            "none",
                            "noneMust",
                            "externalId job",
                            "externalId new",
                            "externalIdMust job",
                            "externalIdMust newer",
                            "runId 1",
                            "runId 77",
                            "runIdMust 1",
                            "runIdMust 77",
                            "displayId IDS-1",
                            "displayId IDS-77",
                            "displayIdMust IDS-1",
                            "displayIdMust IDS-77",
                            "displayIdInProject IDS-1",
                            "displayIdInProject IDS-77")
                    .against(pluto)
                    .run();

            assertThat(result.stdout().lines())
                    .containsExactly(
                            "started IDS-2",
                            "untracked",
                            "resumed IDS-1",
                            "started " + pluto.run(3).displayId(),
                            "resumed IDS-1",
                            "untracked",
                            "resumed IDS-1",
                            "untracked",
                            "resumed IDS-1",
                            "untracked",
                            "resumed IDS-1",
                            "untracked",
                            "resumed IDS-1",
                            "untracked",
                            "resumed IDS-1",
                            "untracked");
            assertThat(Requests.starts(pluto))
                    .containsExactly(
                            "create (random) in ids",
                            "create job in ids",
                            "create new in ids",
                            "resume {\"externalId\":\"job\",\"projectName\":\"ids\"}",
                            "resume {\"externalId\":\"newer\",\"projectName\":\"ids\"}",
                            "resume {\"runId\":1}",
                            "resume {\"runId\":77}",
                            "resume {\"runId\":1}",
                            "resume {\"runId\":77}",
                            "resume {\"displayId\":\"IDS-1\"}",
                            "resume {\"displayId\":\"IDS-77\"}",
                            "resume {\"displayId\":\"IDS-1\"}",
                            "resume {\"displayId\":\"IDS-77\"}",
                            "resume {\"displayId\":\"IDS-1\",\"projectName\":\"ids\"}",
                            "resume {\"displayId\":\"IDS-77\",\"projectName\":\"ids\"}");
            assertThat(pluto.runs()).hasSize(3).allMatch(run -> run.status() == RunStatus.COMPLETED);
            assertThat(pluto.run(1).timesResumed()).isEqualTo(7);
            assertThat(untracked(result))
                    .hasSize(7)
                    .contains(
                            "pluto: Ids.noneMust runs untracked: resume = MUST (the annotation's resume), but this call"
                                    + " has no id: set PLUTO_RUN_ID, PLUTO_EXTERNAL_ID or PLUTO_DISPLAY_ID, or an id in the annotation")
                    .contains("pluto: Ids.displayIdMust runs untracked: there is no run with display id \"IDS-77\""
                            + " (the annotation's displayId) (404 Run not found); check the id, the project and the key's"
                            + " organization");
        }
    }

    @Test
    void without_an_id_nothing_can_be_resumed() {
        try (FakePluto pluto = pluto()) {
            Result result = Program.of(Ids.class, "none")
                    .against(pluto)
                    .env("PLUTO_RESUME", "must")
                    .run();

            assertThat(pluto.exchanges()).isEmpty();
            assertThat(result.stdout().strip()).isEqualTo("untracked");
            assertThat(result.agentLines())
                    .containsExactly(
                            "pluto: Ids.none runs untracked: resume = MUST (PLUTO_RESUME), but this call has no id: set"
                                    + " PLUTO_RUN_ID, PLUTO_EXTERNAL_ID or PLUTO_DISPLAY_ID, or an id in the annotation");
        }
    }

    @Test
    void whether_the_run_must_exist_is_for_the_deployment_to_say() {
        try (FakePluto pluto = pluto()) {
            Result result = Program.of(Ids.class, "externalIdMust new", "externalId newer")
                    .against(pluto)
                    .env("PLUTO_RESUME", "allow")
                    .run();
            assertThat(result.stdout().lines()).hasSize(2).allMatch(line -> line.startsWith("started IDS-"));

            Program.of(Ids.class, "externalId newest")
                    .against(pluto)
                    .property("pluto.resume", "must")
                    .env("PLUTO_RESUME", "allow")
                    .run();
            assertThat(pluto.runs()).hasSize(3);
        }
    }

    @Test
    void the_project_goes_with_a_display_id_only_where_somebody_set_it() {
        try (FakePluto pluto = pluto()) {
            Program.of(Ids.class, "bare")
                    .against(pluto)
                    .env("PLUTO_DISPLAY_ID", "IDS-1")
                    .run();
            Program.of(Ids.class, "bare")
                    .against(pluto)
                    .env("PLUTO_DISPLAY_ID", "IDS-1")
                    .env("PLUTO_PROJECT", "ids")
                    .run();
            Program.of(Ids.class, "bare")
                    .against(pluto)
                    .env("PLUTO_RUN_ID", "1")
                    .env("PLUTO_PROJECT", "ids")
                    .run();

            assertThat(Requests.starts(pluto))
                    .containsExactly(
                            "resume {\"displayId\":\"IDS-1\"}",
                            "resume {\"displayId\":\"IDS-1\",\"projectName\":\"ids\"}",
                            "resume {\"runId\":1}");
            assertThat(pluto.run(1).timesResumed()).isEqualTo(3);
        }
    }

    @Test
    void a_number_that_no_run_can_have_is_not_asked_for_since_the_server_would_fail_for_ever() {
        try (FakePluto pluto = pluto()) {
            Result result = Program.of(Ids.class, "none")
                    .against(pluto)
                    .env("PLUTO_RUN_ID", "JOB-20261121001")
                    .run();

            assertThat(Requests.starts(pluto)).isEmpty();
            assertThat(result.agentLines())
                    .containsExactly(
                            "pluto: Ids.none runs untracked: display id \"JOB-20261121001\" (PLUTO_RUN_ID) names no"
                                    + " run, its number is too large: check it, or if it is an id of your own give it as the"
                                    + " external id");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLUTO_RUN_ID", "PLUTO_DISPLAY_ID"})
    void two_ids_in_the_environment_are_one_too_many(String second) {
        try (FakePluto pluto = pluto()) {
            Result result = Program.of(Ids.class, "none")
                    .against(pluto)
                    .env("PLUTO_EXTERNAL_ID", "job")
                    .env(second, "IDS-1")
                    .run();

            assertThat(pluto.exchanges()).isEmpty();
            assertThat(result.stdout().strip()).isEqualTo("untracked");
            assertThat(result.agentLines())
                    .containsExactly("pluto: Ids.none runs untracked: two ids in one source, \"IDS-1\" (" + second
                            + ") and \"job\" (PLUTO_EXTERNAL_ID): keep one of them");
        }
    }

    @Test
    void two_ids_in_the_annotation_are_one_too_many_unless_a_higher_source_names_one() {
        try (FakePluto pluto = pluto()) {
            Result untracked =
                    Program.of(Ids.class, "twoIds job").against(pluto).run();
            assertThat(pluto.exchanges()).isEmpty();
            assertThat(untracked.stdout().strip()).isEqualTo("untracked");
            assertThat(untracked.agentLines()).hasSize(1);
            assertThat(untracked.agentLines().get(0))
                    .startsWith("pluto: Ids.twoIds runs untracked: two ids in one source, ")
                    .contains("(the annotation's displayId)", "(the annotation's externalId)");

            Result overridden = Program.of(Ids.class, "twoIds job")
                    .against(pluto)
                    .env("PLUTO_RUN_ID", "1")
                    .run();
            assertThat(overridden.stdout().strip()).isEqualTo("resumed IDS-1");
            assertThat(overridden.agentLines().get(0))
                    .endsWith(" (run id \"1\" (PLUTO_RUN_ID) instead of the annotation's)");
        }
    }

    @Test
    void an_id_without_its_placeholder_or_empty_is_no_id() {
        try (FakePluto pluto = pluto()) {
            Result result =
                    Program.of(Ids.class, "unresolved", "empty").against(pluto).run();

            assertThat(Requests.starts(pluto)).containsExactly("create (random) in ids", "create (random) in ids");
            assertThat(result.agentLines())
                    .contains(
                            "pluto: Ids.unresolved: the annotation's externalId has no value for ${env.NOWHERE_SET}; the"
                                    + " call goes on without that id",
                            "pluto: Ids.empty: the annotation's externalId is empty; the call goes on without that id");
        }
    }

    @Test
    void an_external_id_of_more_than_255_characters_keeps_its_beginning_and_stays_distinct() {
        try (FakePluto pluto = pluto()) {
            String same = "x".repeat(300);
            Result result = Program.of(
                            Ids.class,
                            "externalId " + same + "a",
                            "externalId " + same + "b",
                            "externalId " + same + "a")
                    .against(pluto)
                    .run();

            assertThat(result.stdout().lines()).containsExactly("started IDS-2", "started IDS-3", "resumed IDS-2");
            assertThat(pluto.run(2).externalId()).matches("x{238}-[0-9a-f]{16}").hasSize(255);
            assertThat(result.agentLines().stream().filter(line -> line.contains("longer than 255")))
                    .hasSize(3);
        }
    }

    @Test
    void an_id_from_settings_is_for_the_first_call_alone() {
        try (FakePluto pluto = pluto()) {
            Result result = Program.of(Ids.class, "none", "none")
                    .against(pluto)
                    .env("PLUTO_EXTERNAL_ID", "job")
                    .run();

            assertThat(Requests.starts(pluto)).containsExactly("create job in ids", "create (random) in ids");
            assertThat(result.stdout().lines().toList().get(0)).isEqualTo("resumed IDS-1");
            assertThat(pluto.runs()).hasSize(2).allMatch(run -> run.status() == RunStatus.COMPLETED);
            assertThat(result.agentLines())
                    .contains("pluto: Ids.none: external id \"job\" (PLUTO_EXTERNAL_ID) was taken by an earlier call of"
                            + " this process; this call goes on without it");
        }
    }

    @Test
    void a_call_whose_id_is_active_already_joins_that_run() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(SameId.class).against(pluto).run();

            assertThat(Requests.starts(pluto)).containsExactly("create shared in ids");
            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(result.stdout().lines()).containsExactly("IDS-1", "IDS-1");
        }
    }

    private static List<String> untracked(Result result) {
        return result.agentLines().stream()
                .filter(line -> line.contains(" runs untracked: "))
                .toList();
    }
}
