using System.Net;
using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>HTTP access control, rule by rule. The first rule that matches answers.</summary>
public sealed partial class AccessRulesBuilder : SettingsBuilder<AccessRulesBuilder>
{
    internal AccessRulesBuilder(SettingsSheet sheet, string scope)
        : base(sheet, scope)
    {
    }

    /// <summary>Lets requests for these endpoints through, from everywhere unless <see cref="AccessRuleBuilder.From(string[])"/> names networks.</summary>
    /// <param name="endpoints">The endpoints; all where there are none.</param>
    [SettingScope("{#}")]
    [Setting("answer", Value = "200")]
    [Setting("path", Value = "{endpoints}", Kind = SettingKind.List)]
    public partial AccessRuleBuilder Allow(params HttpEndpoint[] endpoints);

    /// <summary>Refuses requests for these endpoints, from everywhere unless <see cref="AccessRuleBuilder.From(string[])"/> names networks.</summary>
    /// <param name="status">The status to answer with, 400 to 599.</param>
    /// <param name="endpoints">The endpoints; all where there are none.</param>
    [SettingScope("{#}")]
    [Setting("answer", Value = "{status}")]
    [Setting("path", Value = "{endpoints}", Kind = SettingKind.List)]
    public partial AccessRuleBuilder Refuse(int status, params HttpEndpoint[] endpoints);

    /// <summary>What requests get that no rule matches; 404 where it is not called.</summary>
    /// <param name="status">A status; 200 lets them through.</param>
    [Setting("otherwise", Value = "{status}")]
    public partial AccessRulesBuilder Otherwise(int status);
}

/// <summary>One rule of HTTP access control.</summary>
public sealed partial class AccessRuleBuilder : SettingsBuilder<AccessRuleBuilder>
{
    internal AccessRuleBuilder(SettingsSheet sheet, string scope)
        : base(sheet, scope)
    {
    }

    /// <summary>Only for clients in these networks. Loopback is let through in any case, by the server itself.</summary>
    /// <param name="networks">Addresses or networks, <c>10.0.0.0/8</c>. IPv6 networks end between two groups.</param>
    [Setting("from", Value = "{networks}", Kind = SettingKind.List)]
    public partial AccessRuleBuilder From(params string[] networks);

#if NET8_0_OR_GREATER
    /// <summary>Only for clients in these networks. Loopback is let through in any case, by the server itself.</summary>
    /// <param name="network">A network.</param>
    /// <param name="others">More of them.</param>
    [Setting("from", Value = "{network}", Kind = SettingKind.List)]
    [Setting("from", Value = "{others}", Kind = SettingKind.List)]
    public partial AccessRuleBuilder From(IPNetwork network, params IPNetwork[] others);
#endif

    /// <summary>Only on these listeners.</summary>
    /// <param name="ids">Their names.</param>
    [Setting("listener", Value = "{ids}", Kind = SettingKind.List)]
    public partial AccessRuleBuilder OnListener(params string[] ids);

    /// <summary>Only on these listeners.</summary>
    /// <param name="listener">A listener.</param>
    /// <param name="others">More of them.</param>
    [Setting("listener", Value = "{listener}", Kind = SettingKind.List)]
    [Setting("listener", Value = "{others}", Kind = SettingKind.List)]
    public partial AccessRuleBuilder OnListener(ListenerBuilder listener, params ListenerBuilder[] others);
}
