using System.Reflection;
using StalwartHardening.Configuration;
using StalwartHardening.Configuration.Annotations;
using StalwartHardening.Generations;

namespace StalwartHardening.Tests;

/// <summary>What the names of endpoints stand for.</summary>
public class EndpointsTests
{
    [Fact]
    public void Endpoints_for_mail_clients_are_those_that_the_allow_list_admits()
    {
        var attribute = typeof(Endpoints).GetProperty(nameof(Endpoints.ForMailClients))!.CustomAttributes.Single(data => data.AttributeType == typeof(SettingTextAttribute));
        var texts = ((IReadOnlyCollection<CustomAttributeTypedArgument>)attribute.ConstructorArguments.Single().Value!).Select(static argument => (string)argument.Value!);
        Assert.Equal(SettingsEndpoints.ClientPaths, texts);
        Assert.Equal(SettingsEndpoints.ClientPaths.Select(static path => "'" + path[1..] + "'"), SettingsEndpoints.AllowList.Split('[', ']')[1].Split(", "));
    }

    [Fact]
    public void Rules_for_mail_clients_keep_the_management_api_closed()
    {
        var server = StalwartServer.CreateBuilder("mail.example.org");
        server.AddListener("https", MailProtocol.Http).Bind(443).WithImplicitTls();
        server.Http.WithAccessRules(rules => rules.Allow(Endpoints.ForMailClients));
        var findings = server.Build().Judge();
        Assert.DoesNotContain(findings, static finding => finding.RuleId.StartsWith("SWH20", StringComparison.Ordinal) && finding.RuleId != "SWH2008");
    }
}
