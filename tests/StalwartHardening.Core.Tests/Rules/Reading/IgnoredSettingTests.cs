using StalwartHardening.Edits;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Rules.Reading;

public class MisspelledSettingTests() : RuleTest("SWH0004")
{
    private const string Listener = "[server.listener.imaptls]\nbind = \"[::]:993\"\nprotocol = \"imap\"\n";

    [Theory]
    [InlineData("⟦tls.implict⟧ = true\n", "tls.implicit")]
    [InlineData("⟦tls.Implicit⟧ = true\n", "tls.implicit")]
    [InlineData("⟦tls.ignore_client_order⟧ = true\n", "tls.ignore-client-order")]
    [InlineData("[⟦authentication.fallback_admin⟧]\nuser = \"a\"\nsecret = \"%{env:S}%\"\n", "authentication.fallback-admin")]
    [InlineData("[⟦tracing.stdout⟧]\ntype = \"stdout\"\nlevel = \"info\"\n", "tracer.stdout")]
    [InlineData("[imap]\n⟦allow-plain-text⟧ = false\n", "imap.auth.allow-plain-text")]
    [InlineData("[⟦auth.master⟧]\nuser = \"a\"\nsecret = \"%{env:S}%\"\n", "authentication.master")]
    public void A_slip_triggers_and_says_what_was_meant(string lines, string meant)
    {
        Assert.Contains($"{meant}'?", Assert.Single(Finds(Listener + lines)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Invented_tables_trigger_once_and_as_information()
    {
        var finding = Assert.Single(Finds(Listener + "[⟦logging⟧]\nlevel = \"info\"\nformat = \"json\"\n[logging.file]\npath = \"/x\"\n"));
        Assert.Equal(RuleSeverity.Info, finding.Severity);
    }

    [Theory]
    [InlineData("[store.pg]\ntype = \"postgresql\"\nsomething-new = 1\n")]
    [InlineData("[enterprise]\nanything = true\n")]
    [InlineData("[server.listener.imaptls.tls]\noverride = true\n")]
    [InlineData("[session.rcpt]\nrelay = [ { if = \"!is_empty(authenticated_as)\", then = true }, { else = false } ]\n")]
    [InlineData("[server]\nallowed-ip = { \"10.0.0.0/8\" }\nhostname = \"mail.example.org\"\n")]
    public void What_the_server_reads_or_may_read_does_not_trigger(string lines) => FindsNothing(Listener + lines);

    [Fact]
    public void Tables_under_one_wrong_name_are_one_finding_and_one_fix()
    {
        var text = "[⟦tracing.stdout⟧]\ntype = \"stdout\"\nlevel = \"info\"\n[tracing.journal]\ntype = \"journal\"\nlevel = \"warn\"\n[tracing.history]\nenable = true\n";
        var finding = Assert.Single(Finds(text));
        Assert.EndsWith("'tracing.stdout' or 'tracing.journal': what is written here has no effect, and the server says nothing. Did you mean 'tracer' instead of 'tracing'?", finding.Message, StringComparison.Ordinal);
        Assert.Single(finding.Related);
        var plain = text.Replace("⟦", "", StringComparison.Ordinal).Replace("⟧", "", StringComparison.Ordinal);
        var server = Generation.ReadServer(ServerTomlReader.Read(plain, ServerVersion.Newest, TestContext.Current.CancellationToken), ServerVersion.Newest);
        Assert.Equal(["tracer.stdout", "tracer.journal"], Assert.Single(Rule.Remedies(server, finding)).Edits.Cast<SettingEdit.Rename>().Select(edit => edit.NewKey));
    }

    [Theory]
    [InlineData(1, "setting 'tracing.t1'")]
    [InlineData(2, "setting 'tracing.t1' or 'tracing.t2'")]
    [InlineData(3, "setting 'tracing.t1', 'tracing.t2' or one more")]
    [InlineData(4, "setting 'tracing.t1', 'tracing.t2' or 2 more")]
    [InlineData(12, "setting 'tracing.t1', 'tracing.t2' or 10 more")]
    public void Of_many_tables_two_are_named(int count, string expected) =>
        Assert.Contains(expected + ":", Assert.Single(Judged(string.Concat(Enumerable.Range(1, count).Select(static number => $"[tracing.t{number}]\ntype = \"journal\"\nlevel = \"warn\"\n"))), static finding => finding.Rule.Id == "SWH0004").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"@type\":\"update\",\"object\":\"Http\",\"value\":{\"enableHst\":true}}\n", "SWH0004")]
    [InlineData("{\"@type\":\"update\",\"object\":\"Http\",\"value\":{\"enableHsts\":\"yes\"}}\n", "SWH0002")]
    public void Of_what_a_plan_is_refused_for_unknown_names_are_misspelled(string plan, string id)
    {
        var server = ConfigurationReader.Read(plan, new ReadingTarget(PlanGeneration.Instance.Newest), TestContext.Current.CancellationToken);
        var findings = ConfigurationJudge.Judge(server, JudgementOptions.Default, TestContext.Current.CancellationToken).Select(static finding => finding.Rule.Id).ToList();
        Assert.Equal(id == "SWH0004", findings.Contains("SWH0004"));
        Assert.Equal(id == "SWH0002", findings.Contains("SWH0002"));
    }

    [Fact]
    public void One_name_is_put_right_in_every_table()
    {
        const string One = "[⟦tracing.a⟧]\ntype = \"stdout\"\nlevel = \"info\"\n";
        const string Two = One + "[tracing.b]\ntype = \"stdout\"\nlevel = \"info\"\n";
        Assert.EndsWith(" Did you mean 'tracer.a'?", Assert.Single(Finds(Listener + One)).Message, StringComparison.Ordinal);
        Assert.EndsWith(" Did you mean 'tracer' instead of 'tracing'?", Assert.Single(Finds(Listener + Two)).Message, StringComparison.Ordinal);
        Assert.Equal("Call it 'tracer.a' (the setting then takes effect)", Title(One));
        Assert.Equal("Call it 'tracer' (the setting then takes effect)", Title(Two));

        string Title(string marked)
        {
            var server = Generation.ReadServer(ServerTomlReader.Read(Listener + Marks.Take(marked).Text, ServerVersion.Newest), ServerVersion.Newest);
            return Assert.Single(ConfigurationJudge.Judge(server, JudgementOptions.Default), finding => finding.Rule.Id == Id).Remedies(server).First().Title;
        }
    }

    [Fact]
    public void A_list_where_one_value_is_read_triggers() =>
        Assert.Contains("one value", Assert.Single(Finds("[directory.l.bind]\n⟦secret⟧ = [\"%{env:S}%\"]\n")).Message, StringComparison.Ordinal);

    [Fact]
    public void Where_the_right_name_stands_too_there_is_no_fix()
    {
        var text = Listener + "tls.implicit = true\ntls.implict = true\n";
        var server = Generation.ReadServer(ServerTomlReader.Read(text, ServerVersion.Newest, TestContext.Current.CancellationToken), ServerVersion.Newest);
        var finding = Assert.Single(ConfigurationJudge.Judge(server, JudgementOptions.Default, TestContext.Current.CancellationToken), finding => finding.Rule.Id == Id);
        Assert.Empty(Rule.Remedies(server, finding));
    }
}

public class IneffectiveSettingTests() : RuleTest("SWH0012")
{
    [Fact]
    public void Keys_of_one_dead_table_are_one_finding()
    {
        var finding = Assert.Single(Finds("[global]\nshared-map = { ⟦shard⟧ = 32, capacity = 10 }\n"));
        Assert.Contains("'global.shared-map.shard' and 'global.shared-map.capacity'", finding.Message, StringComparison.Ordinal);
        Assert.Single(finding.Related);
    }

    [Theory]
    [InlineData("[server.tls]\n⟦implicit⟧ = true\n", "listener")]
    [InlineData("[server.tls]\n⟦enable⟧ = true\n", "tls.enable")]
    [InlineData("[session.auth]\n⟦allow-plain-text⟧ = false\n", "session.auth.mechanisms")]
    [InlineData("[authentication.fallback-admin]\n⟦enable⟧ = false\n", "remove them")]
    [InlineData("[queue.outbound.tls]\n⟦starttls⟧ = \"require\"\n", "queue.tls")]
    [InlineData("[directory.m.principals.x]\nname = \"x\"\n⟦disabled-permissions⟧ = [\"imap-authenticate\"]\n", "memory directory")]
    [InlineData("[server.listener.imap]\nprotocol = \"imap\"\nbind = \"[::]:993\"\n⟦enable⟧ = false\n", "remove it")]
    public void What_looks_effective_and_is_not_triggers(string marked, string said) =>
        Assert.Contains(said, Assert.Single(Finds(marked)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_setting_that_is_unknown_hides_no_other_and_one_alone_is_named_alone()
    {
        const string Text = "[server.listener.imaptls]\nprotocol = \"imap\"\nbind = \"[::]:993\"\ntls.implict = true\n[logging]\nlevel = \"info\"\n[server.tls]\n⟦enable⟧ = true\n";
        var message = Assert.Single(Finds(Text)).Message;
        Assert.Contains("'server.tls.enable'", message, StringComparison.Ordinal);
        Assert.DoesNotContain("' and '", message, StringComparison.Ordinal);
        Assert.DoesNotContain("more", message.Replace("any more", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("  ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_cause_is_said_once() =>
        Assert.Contains("and one more", Assert.Single(Finds("[server.listener.a]\nprotocol = \"imap\"\nbind = \"[::]:993\"\n⟦starttls⟧ = true\n[server.listener.b]\nprotocol = \"imap\"\nbind = \"[::]:994\"\nstarttls = true\ntls.starttls = true\n")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[server.tls]\nimplicit = true\n", "0.6")]
    [InlineData("[session.auth]\nallow-plain-text = false\n", "0.5")]
    [InlineData("[queue.outbound.tls]\nstarttls = \"require\"\n", "0.12")]
    public void What_this_version_reads_does_not_trigger(string text, string version) => FindsNothing(text, version);

    [Fact]
    public void A_setting_from_the_future_triggers() => Assert.Contains("since 0.13.0", Assert.Single(Finds("[queue.tls.default]\n⟦starttls⟧ = \"require\"\n", "0.12")).Message, StringComparison.Ordinal);
}

public class NoListenerTests() : RuleTest("SWH0015")
{
    [Theory]
    [InlineData("[[⟦server.listeners⟧]]\nbind = \"0.0.0.0:143\"\nprotocol = \"imap\"\n[[server.listeners]]\nbind = \"0.0.0.0:25\"\nprotocol = \"smtp\"\n")]
    [InlineData("[⟦smtp⟧]\nport = 25\n[imap]\nbind = [\"0.0.0.0\"]\nport = 143\n")]
    [InlineData("[⟦listener⟧.http]\nbind = \"[::]:8080\"\n")]
    public void Listeners_under_names_that_are_not_read_trigger_once(string marked)
    {
        var (text, places) = Marks.Take(marked);
        var findings = Judged(text);
        Assert.InRange(Assert.Single(findings, finding => finding.Rule.Id == Id).Span.Start, places[0].Start, places[0].Start + 10);
        Assert.DoesNotContain(findings, finding => finding.Rule.Id == "SWH0004" && finding.Message.Contains("port", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[⟦smtp⟧]\nport = 25\n", "under 'smtp' is silently")]
    [InlineData("[⟦smtp⟧]\nport = 25\n[imap]\nport = 143\n", "under 'smtp' and 'imap.port' is silently")]
    [InlineData("[⟦smtp⟧]\nport = 25\n[imap]\nport = 143\n[pop3]\nport = 110\n", "under 'smtp' and 2 other names is silently")]
    public void Of_many_names_the_first_is_said(string marked, string expected) =>
        Assert.Contains(expected, Assert.Single(Finds(marked)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[server.listener.imaptls]\nbind = \"[::]:993\"\nprotocol = \"imap\"\ntls.implicit = true\n[smtp]\nport = 25\n")]
    [InlineData("[metrics.prometheus]\nenable = true\n")]
    [InlineData("[logging]\nlevel = \"info\"\n")]
    [InlineData("[store.pg]\ntype = \"postgresql\"\nport = 5432\n")]
    public void Files_with_listeners_and_fragments_do_not_trigger(string text) => FindsNothing(text);
}
