using StalwartHardening.Generations;
using StalwartHardening.Plans;

namespace StalwartHardening.Tests.Plans;

/// <summary>Which names promise a secret.</summary>
public sealed class SecretNameTests
{
    [Fact]
    public void Every_field_that_holds_a_secret_promises_one()
    {
        var fields = from name in PlanSchema.Instance.TypeNames
                     let type = PlanSchema.Instance.FindType(name)
                     where type is not null
                     from variant in type.HasVariants ? type.Variants : [type]
                     from field in variant.Fields
                     select field;
        var known = fields.ToLookup(static field => field.IsSecret || field.IsSecretObject, static field => field.Name);
        Assert.All(known[true], static name => Assert.True(PlanInspection.IsSecretName(name), name));
        Assert.All(known[true], static name => Assert.True(PlanInspection.IsSecretName("Account/x/" + name), name));
        Assert.All(known[false].Except(known[true]), static name => Assert.False(PlanInspection.IsSecretName(name), name));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("X-Api-Key", true)]
    [InlineData("someKey", true)]
    [InlineData("keyring", false)]
    [InlineData("mySecretThing", true)]
    [InlineData("theCredentials", true)]
    [InlineData("Authorization", true)]
    [InlineData("Set-Cookie", true)]
    [InlineData("X-Trace", false)]
    public void Other_names_promise_one_by_a_word(string name, bool expected) => Assert.Equal(expected, PlanInspection.IsSecretName(name));
}
