using StalwartHardening.Configuration;

namespace StalwartHardening.Tests;

/// <summary>Servers that are read, changed and written again.</summary>
public sealed class LayersTests
{
    private const string Base = "[server]\nhostname = 'a'\n[server.listener.imap]\nprotocol = 'imap'\nbind = ['[::]:143', '[::]:1143']\n[server.listener.pop3]\nprotocol = 'pop3'\nbind = '[::]:110'\n";

    [Fact]
    public void What_is_read_is_written_again_as_it_was()
    {
        var read = StalwartServer.ParseToml(Base);
        var written = read.ToBuilder().Build();
        Assert.Equal(read.Settings.OrderBy(static setting => setting.Key), written.Settings.OrderBy(static setting => setting.Key));
        Assert.Equal(written.Settings, StalwartServer.ParseToml(written.ToToml()).Settings);
    }

    [Fact]
    public void A_layer_replaces_values_and_whole_lists()
    {
        var server = StalwartServer.ParseToml(Base).ToBuilder()
            .Without("server.listener.pop3")
            .Overlay(StalwartServer.ParseToml("server.hostname = 'b'\nserver.listener.imap.bind = '[::]:993'\nserver.listener.imap.tls.implicit = true\n"));
        var settings = server.Build().Settings;
        Assert.Equal("b", settings["server.hostname"]);
        Assert.Equal("[::]:993", settings["server.listener.imap.bind"]);
        Assert.DoesNotContain(settings.Keys, static key => key.Contains("pop3", StringComparison.Ordinal) || key.Contains("bind.0", StringComparison.Ordinal));
        Assert.Empty(server.Build().Judge());

        // A list replaces one value, later entries follow those that were read, and what was taken back may be declared again.
        server.Overlay(StalwartServer.ParseToml("server.listener.imap.bind = ['[::]:993', '[::]:994']\n")).AddToList("server.listener.imap.bind", "[::]:995");
        server.AddListener("pop3", MailProtocol.Pop3).Bind(995).WithImplicitTls();
        server.Without("server.listener.pop3").AddListener("pop3", MailProtocol.Pop3).Bind(1995).WithImplicitTls();
        settings = server.Build().Settings;
        Assert.Equal(["[::]:993", "[::]:994", "[::]:995"], Enumerable.Range(0, 3).Select(index => settings["server.listener.imap.bind.000" + index]));
        Assert.False(settings.ContainsKey("server.listener.imap.bind"));
        Assert.Equal("[::]:1995", settings["server.listener.pop3.bind.0000"]);
    }

    [Fact]
    public void A_built_server_keeps_its_accounts_in_layers()
    {
        var server = StalwartServer.CreateBuilder("mail.example.org");
        server.AddAdministrator("ops").AllowServices(MailServices.Imap);
        Assert.Equal(server.Build().Principals.Single().Json, server.Build().ToBuilder().Build().Principals.Single().Json);
        Assert.Equal(server.Build().Principals.Single().Json, StalwartServer.CreateBuilder("x").Overlay(server.Build()).Build().Principals.Single().Json);
    }

    [Fact]
    public void Findings_of_a_file_name_the_file()
    {
        var folder = Directory.CreateTempSubdirectory("read");
        try
        {
            var path = Path.Combine(folder.FullName, "config.toml");
            File.WriteAllText(path, Base);
            Assert.StartsWith(path + "(5): warning SWH1001", StalwartServer.ReadToml(path).Judge()[0].ToString(), StringComparison.Ordinal);
            File.WriteAllText(path, "a = 'b'");
            Assert.Contains("config.toml line 1", Assert.Throws<FormatException>(() => StalwartServer.ReadToml(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
