using StalwartHardening.Server.Accounts;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Server;

/// <summary>What accounts of the internal directory hold, through themselves and through roles.</summary>
public sealed class DeclaredPrincipalTests
{
    // Roles that are given through other roles, as far down as the server would look.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void A_chain_of_roles_passes_on_what_its_end_holds(int length)
    {
        string Chain(string end) => "[principal.ops]\nname = 'ops'\nroles = 'r1'\n"
            + string.Concat(Enumerable.Range(1, length).Select(i => $"[principal.r{i}]\nname = 'r{i}'\ntype = 'role'\n" + (i < length ? $"roles = 'r{i + 1}'\n" : end)));

        var (ops, all) = Read(Chain("enabledPermissions = ['impersonate', 'imap-fetch']\n"));
        Assert.Equal("r1", ops.AdministratorSource(all)?.Value);
        Assert.Equal("r1", ops.Source("imap-fetch", isBuiltIn: false, all)?.Value);
        Assert.Equal("r1", ops.ServiceSource("imap", all)?.Value);
        Assert.Null(ops.Source("pop3-list", isBuiltIn: false, all));
        Assert.Null(ops.UnrestrictedRole(all));
        Assert.False(ops.HasUnknownRole(all));

        (ops, all) = Read(Chain("roles = 'admin'\n"));
        Assert.Equal("r1", ops.UnrestrictedRole(all)?.Value);
        Assert.Equal("r1", ops.AdministratorSource(all)?.Value);

        (ops, all) = Read(Chain("disabledPermissions = 'imap-fetch'\n").Replace("roles = 'r1'", "roles = ['r1', 'user']", StringComparison.Ordinal));
        Assert.Null(ops.Source("imap-fetch", isBuiltIn: true, all));
        Assert.Equal("user", ops.Source("pop3-list", isBuiltIn: true, all)?.Value);

        (ops, all) = Read(Chain("roles = 'elsewhere'\n"));
        Assert.True(ops.HasUnknownRole(all));
    }

    [Fact]
    public void Roles_that_hold_each_other_hold_nothing()
    {
        var (ops, all) = Read("[principal.ops]\nname = 'ops'\nroles = 'a'\n[principal.a]\nname = 'a'\ntype = 'role'\nroles = 'b'\n[principal.b]\nname = 'b'\ntype = 'role'\nroles = 'a'\n");
        Assert.Null(ops.AdministratorSource(all));
        Assert.Null(ops.UnrestrictedRole(all));
        Assert.Null(ops.Source("imap-fetch", isBuiltIn: true, all));
        Assert.Null(ops.ServiceSource("imap", all));
        Assert.True(ops.HasUnknownRole(all));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("disabledPermissions = ['imap-fetch', 'x']\n", "imap-fetch x")]
    [InlineData("mailServices = 'listed'\nservices = ['\uFFFC']\n", "")]
    [InlineData("mailServices = 'listed'\nservices = ['\uFFFC']\ndisabledPermissions = ['x']\n", "x")]
    public void What_is_taken_away_is_named(string lines, string expected) =>
        Assert.Equal(expected, string.Join(' ', Read("[principal.ops]\nname = 'ops'\n" + lines).Ops.AllDisabledPermissions()));

    [Fact]
    public void Where_services_are_listed_the_others_go_but_for_what_is_granted_by_name()
    {
        var pop3 = MailServicePermissions.Of("pop3");
        var (ops, _) = Read($"[principal.ops]\nname = 'ops'\nmailServices = 'listed'\nservices = ['imap']\nenabledPermissions = ['{pop3[0]}']\ndisabledPermissions = ['{pop3[1]}', 'x']\n");
        var expected = MailServicePermissions.Services.Where(static service => service != "imap").SelectMany(MailServicePermissions.Of).Where(permission => permission != pop3[0]).Append("x");
        Assert.Equal(expected, ops.AllDisabledPermissions());
    }

    private static (DeclaredPrincipal Ops, IReadOnlyList<DeclaredPrincipal> All) Read(string text)
    {
        var document = ServerTomlReader.Read(text, ServerVersion.Newest, TestContext.Current.CancellationToken);
        Assert.Empty(document.Problems);
        var all = DeclaredPrincipal.Read(document);
        return (all.Single(static principal => principal.Name.Value == "ops"), all);
    }
}
