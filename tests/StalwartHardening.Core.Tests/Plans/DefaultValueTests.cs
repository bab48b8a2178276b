using StalwartHardening.Plans;

namespace StalwartHardening.Tests.Plans;

/// <summary>What the server takes where a new object says nothing.</summary>
public sealed class DefaultValueTests
{
    [Fact]
    public void A_value_that_nobody_gives_is_one_of_its_kind()
    {
        var fields = (from name in PlanSchema.Instance.TypeNames
                      let type = PlanSchema.Instance.FindType(name)
                      where type is not null
                      from variant in type.HasVariants ? type.Variants : [type]
                      from field in variant.Fields
                      select field).ToList();
        Assert.All(fields, static field => Assert.Contains(PlanDefaults.Of(field).Kind, Kinds(field)));
        Assert.Equal(
            Enum.GetValues<PlanScalar>().Where(scalar => fields.Exists(field => field.Type.Shape == PlanShape.Scalar && field.Type.Scalar == scalar && PlanDefaults.Of(field).Kind == PlanValueKind.Number)).Select(static scalar => scalar.ToString()).Order(StringComparer.Ordinal),
            ["Duration", "Float", "Integer", "Unsigned"]);
    }

    private static PlanValueKind[] Kinds(PlanField field) => field switch
    {
        { IsNullable: true } => [PlanValueKind.Null, .. Given(field)],
        _ => Given(field),
    };

    private static PlanValueKind[] Given(PlanField field) => field.Type.Shape switch
    {
        PlanShape.Set => [PlanValueKind.Set],
        PlanShape.List => [PlanValueKind.List],
        PlanShape.Map => [PlanValueKind.Map],
        PlanShape.Object => [PlanValueKind.Object],
        _ => field.Type.Scalar switch
        {
            PlanScalar.Boolean => [PlanValueKind.Boolean],
            PlanScalar.Unsigned or PlanScalar.Integer or PlanScalar.Float or PlanScalar.Duration => [PlanValueKind.Number],
            PlanScalar.DateTime => [PlanValueKind.Null, PlanValueKind.Text],
            _ => [PlanValueKind.Text],
        },
    };
}
