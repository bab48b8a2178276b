using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StalwartHardening.Configuration;

namespace StalwartHardening.Tests;

/// <summary>Servers from a program's configuration, and in its services.</summary>
public sealed class ExtensionsTests
{
    [Fact]
    public void Listeners_of_a_section_are_written_and_judged()
    {
        var server = StalwartServer.CreateBuilder("mail.example.org").AddListeners(Section(
            ("imaptls:Protocol", "imap"), ("imaptls:Bind:0", "[::]:993"), ("imaptls:Bind:1", "1993"), ("imaptls:ImplicitTls", "true"), ("imaptls:Settings:socket.nodelay", "true"),
            ("old:Protocol", "Pop3"), ("old:Bind", "110"), ("old:MaxConnections", "5"))).Build();
        Assert.Equal("[::]:993", server.Settings["server.listener.imaptls.bind.0000"]);
        Assert.Equal("[::]:1993", server.Settings["server.listener.imaptls.bind.0001"]);
        Assert.Equal("true", server.Settings["server.listener.imaptls.socket.nodelay"]);
        var finding = Assert.Single(server.Judge());
        Assert.Equal("SWH1002", finding.RuleId);
        // The line is that of the call which read the configuration.
        Assert.EndsWith("ExtensionsTests.cs", finding.FilePath, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x:Protocol", "gopher", "'Listeners:x:Protocol' is 'gopher'")]
    [InlineData("x:Protocol", "2", null)]
    [InlineData("x:Bind", "70000", "'Listeners:x:Bind' is '70000'")]
    [InlineData("x:ImplicitTls", "yes", "'Listeners:x:ImplicitTls' is 'yes'")]
    [InlineData("x:ImplictTls", "true", "'Listeners:x:ImplictTls' is not a setting of a listener")]
    [InlineData("x:MaxConnections", "many", "'Listeners:x:MaxConnections' is 'many'")]
    public void What_cannot_be_understood_is_refused_with_its_path(string key, string value, string? expected)
    {
        var section = Section(("x:Protocol", "Imap"), ("x:Bind", "993"), (key, value));
        var exception = Record.Exception(() => StalwartServer.CreateBuilder("mail.example.org").AddListeners(section));
        if (expected is null)
            Assert.Null(exception);
        else
            Assert.Contains(expected, Assert.IsType<FormatException>(exception).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_kinds_of_TLS_are_refused_when_built() =>
        Assert.Throws<InvalidServerException>(() => StalwartServer.CreateBuilder("mail.example.org")
            .AddListeners(Section(("x:Protocol", "Imap"), ("x:Bind", "993"), ("x:ImplicitTls", "true"), ("x:StartTls", "true"))).Build());

    [Fact]
    public void A_server_among_the_services_is_built_once_and_refused_if_the_program_says_so()
    {
        using var services = new ServiceCollection().AddStalwartServer("mail.example.org", static server => server.AddListener("imap", MailProtocol.Imap).Bind(993).WithImplicitTls()).BuildServiceProvider();
        Assert.Same(services.GetRequiredService<StalwartServer>(), services.GetRequiredService<StalwartServer>());
        using var insecure = new ServiceCollection().AddStalwartServer("mail.example.org", static server => server.RefuseFindings(Severity.Warning).AddListener("imap", MailProtocol.Imap).Bind(143)).BuildServiceProvider();
        Assert.Throws<InvalidServerException>(insecure.GetRequiredService<StalwartServer>);
    }

    private static IConfigurationSection Section(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.GroupBy(static value => value.Key).Select(static group => KeyValuePair.Create("Listeners:" + group.Key, (string?)group.Last().Value))).Build().GetSection("Listeners");
}
