using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Server.Records;

namespace StalwartHardening.Generations;

/// <summary>Looks at the signatures of outgoing mail (objects DkimSignature and the expression SenderAuth.dkimSignDomain, 0.16.18).</summary>
internal static class PlanSignatures
{
    public static IReadOnlyList<SettingRemark> Read(PlanServer server)
    {
        var remarks = new List<SettingRemark>();
        foreach (var signature in PlanElement.Of(server, "DkimSignature"))
        {
            if (signature.Written("thirdPartyHash") is { Value: "sha1" } hash)
                remarks.Add(new SettingRemark(hash, hash.Key, SettingRemarkKind.ForgeableHash));
            if (signature.Written("privateKey/secret") is { } key && RsaKeySize.OfPem(key.Value) is { } bits and < 2048)
                remarks.Add(new SettingRemark(key, key.Key, SettingRemarkKind.ShortKey, bits));
        }

        foreach (var auth in PlanElement.Of(server, "SenderAuth"))
        {
            if (auth.Constant("dkimSignDomain") is { } sign && sign.Value.Trim() == "false")
                remarks.Add(new SettingRemark(sign, sign.Key, SettingRemarkKind.NothingSigned));
        }

        FindUnsigned(server, remarks);
        return remarks;
    }

    // Keys of a domain that is managed by hand are objects; where any may be elsewhere, nobody can tell.
    private static void FindUnsigned(PlanServer server, List<SettingRemark> remarks)
    {
        var state = server.Reading.Run.State;
        if (!server.Document.IsComplete || PlanSchema.Instance.FindObject("DkimSignature".AsSpan()) is not { } type || state.MayHoldMore(type))
            return;
        foreach (var domain in PlanElement.Of(server, "Domain"))
        {
            if (domain.Written("dkimManagement/@type") is not { Value: "Manual" } manual || domain.Switch("isEnabled", true).Value != true)
                continue;
            var isSigned = false;
            foreach (var signature in state.Objects(type))
                isSigned |= signature["domainId"]?.Target is not { } target || target.Id == domain.Owner.Id;
            if (!isSigned)
                remarks.Add(new SettingRemark(manual, manual.Key, SettingRemarkKind.DomainWithoutKey));
        }
    }
}
