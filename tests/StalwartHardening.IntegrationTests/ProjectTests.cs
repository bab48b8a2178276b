namespace StalwartHardening.Tests;

/// <summary>Projects of every kind with a configuration in them: each file is judged once, and people's settings are obeyed.</summary>
public class ProjectTests(ScenarioProjects projects) : IClassFixture<ScenarioProjects>
{
    [Theory]
    [InlineData("None")]
    [InlineData("Content")]
    [InlineData("EmbeddedResource")]
    [InlineData("AdditionalFiles")]
    [InlineData("StalwartConfiguration")]
    [InlineData("EverythingAtOnce")]
    [InlineData("UpperCaseExtension")]
    public void A_file_is_judged_once_whatever_kind_of_item_it_is(string scenario)
    {
        var finding = Assert.Single(projects.FindingsOf(scenario));
        Assert.Equal(("SWH1001", "warning", 2), (finding.Rule, finding.Level, finding.Line));
        Assert.Single(projects.OutputOf(scenario).Where(line => line.Contains("SWH1001", StringComparison.Ordinal)).Distinct());
    }

    [Theory]
    [InlineData("PlanNone")]
    [InlineData("PlanEverythingAtOnce")]
    [InlineData("JsonNone")]
    [InlineData("JsonEverythingAtOnce")]
    [InlineData("JsonOddName")]
    public void A_plan_is_judged_once_whatever_kind_of_item_it_is(string scenario)
    {
        Assert.Single(projects.AdditionalFilesOf(scenario));
        var finding = Assert.Single(projects.FindingsOf(scenario), finding => finding.Rule == "SWH1004");
        Assert.Equal(("warning", 1), (finding.Level, finding.Line));
    }

    [Theory]
    [InlineData("PlanForExistingServer")]
    [InlineData("PlansForExistingServers")]
    public void The_project_says_for_which_server_a_plan_is(string scenario)
    {
        Assert.Single(projects.AdditionalFilesOf(scenario));
        Assert.DoesNotContain(projects.FindingsOf(scenario), finding => finding.Rule is "SWH1004" or "SWH0013");
    }

    [Fact]
    public void A_configuration_among_resources_is_judged() =>
        Assert.Equal(("SWH1001", 2), Assert.Single(projects.FindingsOf("Resource")) is var finding ? (finding.Rule, finding.Line) : default);

    [Fact]
    public void Resources_of_others_are_no_input_of_the_compiler() => Assert.Empty(projects.AdditionalFilesOf("ResourceOfOthers"));

    [Fact]
    public void Json_of_others_is_no_input_of_the_compiler()
    {
        Assert.Empty(projects.AdditionalFilesOf("JsonOfOthers"));
        Assert.Empty(projects.FindingsOf("JsonOfOthers"));
    }

    [Theory]
    [InlineData("VisualBasicToml", "config.toml")]
    [InlineData("VisualBasicPlan", "plan.ndjson")]
    [InlineData("VisualBasicJson", "plan.json")]
    public void A_project_in_another_language_says_aloud_what_is_not_judged(string scenario, string file) =>
        Assert.Single(projects.OutputOf(scenario).Where(line => line.Contains("warning SWHLANG: Not checked: " + file, StringComparison.Ordinal)).Distinct());

    [Fact]
    public void A_project_in_another_language_says_nothing_of_the_files_of_others() =>
        Assert.DoesNotContain(projects.OutputOf("VisualBasicOthers"), line => line.Contains("SWHLANG", StringComparison.Ordinal));

    [Theory]
    [InlineData("IgnoredInOptionFile")]
    [InlineData("IgnoredInOptionFileOutsideOfItems")]
    public void The_option_file_in_the_project_folder_comes_along_once(string scenario)
    {
        Assert.Empty(projects.FindingsOf(scenario));
        Assert.Equal(["config.toml", "stalwart-harden.toml"], projects.AdditionalFilesOf(scenario).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_mistake_in_the_option_file_is_said_at_its_line_and_hides_nothing()
    {
        Assert.Equal([("SWH0013", 2), ("SWH1001", 2)], projects.FindingsOf("WrongOptionFile").Select(static finding => (finding.Rule, finding.Line)).Order());
        Assert.Contains(projects.OutputOf("WrongOptionFile"), static line => line.Contains("stalwart-harden.toml(2,1): warning SWH0013: [[ignore]] needs a reason", StringComparison.Ordinal));
        Assert.Equal([("SWH0009", 6)], projects.FindingsOf("UnusedInOptionFile").Select(static finding => (finding.Rule, finding.Line)));
    }

    [Theory]
    [InlineData("PlanOptOut")]
    [InlineData("OptOut")]
    [InlineData("ModeNone")]
    [InlineData("NoWarn")]
    [InlineData("AllowedPortsInSection")]
    [InlineData("SeverityInSection")]
    [InlineData("IgnoreComment")]
    [InlineData("AnotherProgramsFile")]
    [InlineData("OlderServer")]
    public void Nothing_is_reported(string scenario)
    {
        Assert.Empty(projects.FindingsOf(scenario));
        Assert.DoesNotContain(projects.OutputOf(scenario), line => line.Contains("error", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rule_that_is_on_again_in_globalconfig_speaks_in_mode_none() =>
        Assert.Equal("SWH1001", Assert.Single(projects.FindingsOf("ModeNoneWithException")).Rule);

    [Theory]
    [InlineData("GlobalConfigError")]
    [InlineData("OurSeverityError")]
    [InlineData("StrictMode")]
    [InlineData("WarningsAsErrors")]
    public void The_finding_fails_the_build(string scenario)
    {
        Assert.Equal(("SWH1001", "error"), Assert.Single(projects.FindingsOf(scenario), finding => finding.Rule == "SWH1001") is var finding ? (finding.Rule, finding.Level) : default);
        Assert.Contains(projects.OutputOf(scenario), line => line.Contains("config.toml(2,8): error SWH1001: ", StringComparison.Ordinal));
    }

    [Fact]
    public void An_assembly_attribute_suppresses_the_rule() =>
        Assert.True(Assert.Single(projects.FindingsOf("SuppressMessage")).IsSuppressed);

    [Fact]
    public void Each_target_framework_judges_the_file()
    {
        Assert.Equal("SWH1001", Assert.Single(projects.FindingsOf("MultiTargeting", "build.net10.0.sarif")).Rule);
        Assert.Equal("SWH1001", Assert.Single(projects.FindingsOf("MultiTargeting", "build.netstandard2.0.sarif")).Rule);
    }

    [Theory]
    [InlineData("FolderNamedLikeAFile")]
    [InlineData("DeletedAfterEvaluation")]
    public void What_cannot_be_read_is_the_compilers_own_error_at_most(string scenario)
    {
        Assert.DoesNotContain(projects.OutputOf(scenario), line => line.Contains("AD0001", StringComparison.Ordinal) || line.Contains("CS8032", StringComparison.Ordinal));
        Assert.NotEmpty(projects.OutputOf(scenario));
    }

    [Fact]
    public void A_mode_that_does_not_exist_is_an_error_that_names_those_that_do() =>
        Assert.Contains(
            projects.OutputOf("UnknownMode"),
            line => line.Contains("StalwartHardeningMode is 'paranoid'; it can be none, default, recommended or strict.", StringComparison.Ordinal));

    [Theory]
    [InlineData("LostSight", "warning")]
    [InlineData("LostSightWarningsAsErrors", "warning")]
    [InlineData("LostSightInAnEditor", "note")]
    [InlineData("LostSightAsInformation", "note")]
    public void A_build_says_where_it_loses_sight_without_failing_for_it(string scenario, string level) =>
        Assert.Equal(level, Assert.Single(projects.FindingsOf(scenario), finding => finding.Rule == "SWH0014").Level);

    [Fact]
    public void An_option_that_cannot_be_understood_is_reported() =>
        Assert.Contains(projects.FindingsOf("BadOption"), finding => finding is { Rule: "SWH0013", File: "config.toml" });

    [Fact]
    public void A_project_that_only_gets_the_package_from_another_one_is_judged_too() =>
        Assert.Equal("SWH1001", Assert.Single(projects.FindingsOf("Transitive")).Rule);
}
