using FilmService.Domain.Films;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FilmService.Infrastructure.Model;

/// <summary>
/// The columns of a film's fields. They exist only in the model: films are read and written according to <see
/// cref="FilmFields"/>.
/// </summary>
internal static class FieldModel
{
    /// <summary>Adds the columns of current films; an unknown choice is 0, so that it can be compared.</summary>
    public static void HasFields<T>(this EntityTypeBuilder<T> film)
        where T : class
    {
        foreach (var field in FilmFields.All)
        {
            var column = film.HasField(field, field.IsRequired || field.Kind is FilmFieldKind.Choice);
            if (!field.IsRequired && field.Kind is FilmFieldKind.Choice)
            {
                column.HasComment("0 if it is not known.");
            }
        }
    }

    /// <summary>Adds the columns of films that may be deleted, all of which are nullable.</summary>
    public static void HasOptionalFields<T>(this EntityTypeBuilder<T> film)
        where T : class
    {
        foreach (var field in FilmFields.All)
        {
            film.HasField(field, isRequired: false);
        }
    }

    private static PropertyBuilder HasField<T>(this EntityTypeBuilder<T> film, FilmField field, bool isRequired)
        where T : class =>
        film.Property(field.Kind is FilmFieldKind.Text ? typeof(string) : isRequired ? typeof(int) : typeof(int?), field.Name)
            .HasColumnName(field.Argument).IsRequired(isRequired);
}
